/** <tw-copy value="…" or for="id"> around a button: copies text and says so in the toasts. */
class Copy extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", async () => {
      const source = document.getElementById(this.getAttribute("for"));
      const text = this.getAttribute("value") ?? source?.value ?? source?.textContent ?? "";
      await navigator.clipboard.writeText(text.trim());
      document.querySelector("tw-toasts")?.say(this.dataset.done, "success");
    });
  }
}
customElements.define("tw-copy", Copy);
