/** <tw-back> around a link: goes one step back when there is one, else follows the link. */
class Back extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      if (history.length < 2 || !document.referrer.startsWith(location.origin)) return;
      event.preventDefault();
      history.back();
    });
  }
}
customElements.define("tw-back", Back);
