/**
 * <tw-theme> around the theme form: applies the choice at once, then saves it by the form's own
 * POST in the background. Without script the form posts and the page comes back in the new theme.
 */
class Theme extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      const button = event.submitter;
      const body = new FormData(event.target, button);
      if (button.value === "system") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = button.value;
      for (const other of this.querySelectorAll("button[name=theme]")) {
        other.setAttribute("aria-pressed", String(other === button));
      }
      fetch(event.target.action, { method: "POST", body, redirect: "manual" });
    });
  }
}
customElements.define("tw-theme", Theme);
