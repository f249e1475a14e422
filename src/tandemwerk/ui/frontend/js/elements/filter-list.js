const plain = (text) => text.toLocaleLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

/**
 * <tw-filter-list>: an input[data-filter] hides every [data-item] whose text (or data-words) does
 * not contain the typed words; [data-none] shows when nothing is left; checked boxes are repeated
 * as removable chips in [data-chosen]. Without script the whole list is simply there.
 */
class FilterList extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("[data-filter]");
    this.chosen = this.querySelector("[data-chosen]");
    this.input?.addEventListener("input", () => this.filter());
    this.input?.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
    this.addEventListener("change", () => this.repeat());
    this.addEventListener("click", (event) => {
      const chip = event.target.closest("[data-uncheck]");
      if (!chip) return;
      const box = this.querySelector(`#${CSS.escape(chip.dataset.uncheck)}`);
      box.checked = false;
      box.dispatchEvent(new Event("change", { bubbles: true }));
      this.input?.focus();
    });
    this.repeat();
  }

  filter() {
    const words = plain(this.input.value).split(/\s+/).filter(Boolean);
    let left = 0;
    for (const item of this.querySelectorAll("[data-item]")) {
      const text = plain(`${item.textContent} ${item.dataset.words ?? ""}`);
      item.hidden = !words.every((word) => text.includes(word));
      left += item.hidden ? 0 : 1;
    }
    for (const group of this.querySelectorAll("[data-group]")) {
      group.hidden = !group.querySelector("[data-item]:not([hidden])");
    }
    const none = this.querySelector("[data-none]");
    if (none) none.hidden = left > 0;
  }

  repeat() {
    if (!this.chosen) return;
    const template = this.querySelector("template[data-chip]");
    const chips = [...this.querySelectorAll("[data-item] input:checked")].map((box) => {
      const chip = template.content.firstElementChild.cloneNode(true);
      const button = chip.querySelector("[data-uncheck]");
      button.dataset.uncheck = box.id;
      button.prepend(box.closest("[data-item]").querySelector("[data-name]").textContent.trim());
      return chip;
    });
    this.chosen.replaceChildren(...chips);
  }
}
customElements.define("tw-filter-list", FilterList);
