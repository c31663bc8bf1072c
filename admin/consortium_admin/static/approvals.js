// What is asked is in the language that is chosen for it, also for the spelling and for those who listen.
const language = document.querySelector("select#language");
const asked = document.querySelectorAll("[data-asked]");
language?.addEventListener("change", () => asked.forEach((area) => { area.lang = language.value; }));
document.querySelector("[data-focus]")?.focus();
