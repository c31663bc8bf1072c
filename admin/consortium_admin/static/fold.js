// On a narrow screen choices fold away, so that what they are about comes first; on a wide one they stand open.
for (const choices of document.querySelectorAll("details[data-fold]")) {
  const narrow = matchMedia(`(max-width: ${choices.dataset.fold})`);
  const fold = () => { choices.open = !narrow.matches || "keep" in choices.dataset; };
  fold();
  narrow.addEventListener("change", fold);
}
