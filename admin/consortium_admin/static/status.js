// The words are in the language that is chosen for them, also for the spelling and for those who listen; if there are
// boxes for that language already, the two change places. One press on a button sends a form once.
const form = document.querySelector("form.status-form");
const writing = form.querySelector("[data-writing]");
let present = writing.value;
writing.addEventListener("change", () => {
  const chosen = writing.value;
  for (const area of form.querySelectorAll("[data-written]")) {
    area.lang = chosen;
    const other = form.elements[`${area.name}.${chosen}`];
    if (other && !area.value) { [area.value, other.value] = [other.value, area.value]; }
    if (other) {
      other.name = other.id = `${area.name}.${present}`;
      other.lang = present;
      const label = other.closest(".field").querySelector("label");
      const name = label.querySelector("[lang]");
      label.htmlFor = other.id;
      name.lang = present;
      name.textContent = writing.querySelector(`[value="${present}"]`).textContent;
    }
  }
  present = chosen;
});
form.addEventListener("submit", (event) => {
  if (form.dataset.sending) { event.preventDefault(); return; }
  form.dataset.sending = "1";
});
addEventListener("pageshow", () => { delete form.dataset.sending; });
document.querySelector("[data-focus]")?.focus();
