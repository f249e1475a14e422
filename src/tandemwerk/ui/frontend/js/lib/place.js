/**
 * Place a popover under (or over) its anchor and inside the window.
 * Coordinates are set through the CSSOM, which a strict style-src allows.
 */
export function place(panel, anchor, gap = 6) {
  const at = anchor.getBoundingClientRect();
  panel.dataset.placed = "";
  panel.style.left = "0px";
  panel.style.top = "0px";
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = at.bottom + gap;
  const top = below + height > innerHeight - gap && at.top > height ? at.top - height - gap : below;
  const preferred = at.left + width > innerWidth - gap ? at.right - width : at.left;
  panel.style.left = `${Math.max(gap, Math.min(preferred, innerWidth - width - gap))}px`;
  panel.style.top = `${Math.max(gap, top)}px`;
}
