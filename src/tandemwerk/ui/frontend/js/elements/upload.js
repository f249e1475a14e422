/** <tw-upload>: shows where a dragged file may be dropped and hands it to the native input. */
class Upload extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input[type=file]");
    const frame = this.querySelector(".upload") ?? this;
    for (const type of ["dragenter", "dragover"]) {
      this.addEventListener(type, (event) => {
        event.preventDefault();
        frame.classList.add("over");
      });
    }
    this.addEventListener("dragleave", () => frame.classList.remove("over"));
    this.addEventListener("drop", (event) => {
      event.preventDefault();
      frame.classList.remove("over");
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}
customElements.define("tw-upload", Upload);
