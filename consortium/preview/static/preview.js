// Loads the report anew when the server has a newer one, and keeps the place where its reader is.
const status = document.querySelector("[role=status]");
const frame = document.querySelector("iframe");

let version = 0;
let place = 0;

frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, place));

async function follow() {
  for (;;) {
    try {
      const answer = await fetch(`changes?since=${version}`, { cache: "no-store" });
      const found = (await answer.json()).version;
      if (version && found !== version) {
        place = frame.contentWindow.scrollY;
        frame.contentWindow.location.reload();
        status.textContent = status.dataset.updated;
      }
      version = found;
    } catch {
      status.textContent = status.dataset.lost;
      return;
    }
  }
}

follow();
