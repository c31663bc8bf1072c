// Makes forms of records easier where scripts run: the eye goes to what is wrong, and nothing typed is left by mistake.

const form = document.querySelector("form[data-form]");

// what is wrong, or in conflict, is read first; its links lead into the fields
const notice = document.querySelector("[data-focus]");
notice?.focus();
for (const link of document.querySelectorAll("[data-focus] a[href^='#'], .texts a[href^='#']")) {
  link.addEventListener("click", (event) => {
    const goal = document.getElementById(link.hash.slice(1));
    if (!goal) return;
    event.preventDefault();
    goal.scrollIntoView({ block: "center" });
    goal.focus({ preventScroll: true });
  });
}

// what was typed is not left without a question
let isSent = false;
const stood = form ? new URLSearchParams(new FormData(form)).toString() : "";
form?.addEventListener("submit", () => { isSent = true; });
window.addEventListener("beforeunload", (event) => {
  if (form && !isSent && new URLSearchParams(new FormData(form)).toString() !== stood) event.preventDefault();
});

// one more place in a list of menus, without asking the server
for (const button of document.querySelectorAll("[data-more]")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const list = button.closest("fieldset").querySelector("ol");
    const last = list.lastElementChild;
    const place = last.cloneNode(true);
    const menu = place.querySelector("select");
    const number = list.children.length + 1;
    menu.id = menu.id.replace(/\d+$/, String(number));
    menu.setAttribute("aria-label", menu.getAttribute("aria-label").replace(/\d+(?=\D*$)/, String(number)));
    menu.value = "";
    list.append(place);
    menu.focus();
  });
}

// who writes something else means that
for (const own of document.querySelectorAll(".rival .own")) {
  own.addEventListener("input", () => { own.closest(".rival").querySelector("[data-own]").checked = true; });
}

// names that begin as it was typed
for (const field of document.querySelectorAll("[data-lookup]")) {
  const list = document.createElement("datalist");
  list.id = `${field.id}-list`;
  field.after(list);
  field.setAttribute("list", list.id);
  let asked = "";
  field.addEventListener("input", async () => {
    const words = field.value.trim();
    if (words.length < 2 || words === asked) return;
    asked = words;
    const answer = await fetch(`${field.dataset.lookup}&query=${encodeURIComponent(words)}`);
    if (!answer.ok || asked !== words) return;
    list.replaceChildren(...(await answer.json()).map((each) => {
      const option = document.createElement("option");
      option.value = each.key;
      option.label = each.words;
      option.lang = each.language;
      return option;
    }));
  });
}
