/** Move focus to the error summary, so that screen readers and keyboards start where help is. */
export function focusErrors(root) {
  const summary = root.querySelector?.(".error-summary");
  if (summary) summary.focus();
}
