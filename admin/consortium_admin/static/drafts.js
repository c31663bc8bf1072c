// Keeps what is typed: on this device at once, so that it survives a lost session, and as a draft on the server now and
// then. What was kept here is offered back, never put in by itself; it is forgotten when it was sent, after a fortnight,
// or when somebody says so. Passwords and files are never kept.
const FORTNIGHT = 14 * 24 * 3600 * 1000, TYPING = 400, RESTING = 15000;
const keyOf = (name) => `draft:${name}`;

const read = (key) => {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    if (kept && Date.now() - kept.at < FORTNIGHT) { return kept; }
    localStorage.removeItem(key);
  } catch { /* a device that keeps nothing */ }
  return null;
};
const write = (key, kept) => { try { localStorage.setItem(key, JSON.stringify(kept)); return true; } catch { return false; } };
const forget = (key) => { try { localStorage.removeItem(key); } catch { /* as above */ } };

const sent = document.querySelector("[data-sent]");
if (sent) { forget(keyOf(sent.dataset.sent)); }

const form = document.querySelector("form[data-drafts]");
if (form) { keep(form); }

function keep(form) {
  const key = keyOf(form.dataset.drafts);
  const isTyped = (each) => each.name && !["hidden", "password", "file", "submit", "button"].includes(each.type);
  const typed = () => Object.fromEntries([...form.elements].filter(isTyped).filter((each) => each.type !== "radio" || each.checked)
    .map((each) => [each.name, each.type === "checkbox" ? each.checked : each.value]));
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  let first = typed(), isUnkept = false, rest = 0, pause = 0, isBusy = false, isLeaving = false;

  // what is told stays the same while all is well, so that nobody who listens is told again and again
  const shown = form.querySelector("[data-kept]"), [told, time] = shown.children;
  const tell = (how) => {
    shown.hidden = false;
    if (told.textContent !== shown.dataset[how]) { told.textContent = shown.dataset[how]; }
    time.textContent = how === "here" || how === "device" ? new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }) : "";
  };

  const keepHere = (isOnServer = false) => {
    const isKept = same(typed(), first) && !isOnServer ? true : write(key, { at: Date.now(), values: typed(), isOnServer });
    isUnkept = !isKept;
    return isKept;
  };

  const keepThere = async () => {
    clearTimeout(rest);
    if (isBusy || isLeaving || !form.querySelector("[name=state]:checked")) { return; }
    isBusy = true;
    const body = new FormData(form), values = typed();
    body.set("do", "keep");
    try {
      const answer = await fetch(form.action, { method: "POST", body, redirect: "manual", headers: { Accept: "application/json" }, keepalive: document.hidden });
      const said = answer.ok ? await answer.json() : {};
      if (isLeaving) { return; }
      if (said.kept) { goOn(said, values); } else { tell(said.clash ? "clash" : isUnkept ? "lost" : "device"); }
    } catch {
      tell(isUnkept ? "lost" : "device");
    } finally {
      isBusy = false;
    }
  };

  const goOn = (said, values) => {
    form.elements.status.value = said.status;
    form.elements.version.value = said.version;
    for (const [name, words] of Object.entries(said.was)) {
      let was = form.elements[`was.${name}`];
      if (!was) {
        was = Object.assign(document.createElement("input"), { type: "hidden", name: `was.${name}` });
        form.append(was);
      }
      was.value = words;
    }
    first = values;
    keepHere(same(values, typed()));
    tell("here");
  };

  form.addEventListener("input", () => {
    isUnkept = true;
    clearTimeout(pause);
    clearTimeout(rest);
    pause = setTimeout(keepHere, TYPING);
    rest = setTimeout(keepThere, RESTING);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && !same(typed(), first)) { keepHere(); keepThere(); }
  });
  form.addEventListener("submit", () => { isLeaving = true; keepHere(); clearTimeout(rest); });
  addEventListener("beforeunload", (event) => {
    if (!isLeaving && isUnkept && !keepHere()) { event.preventDefault(); }
  });
  addEventListener("pageshow", () => { isLeaving = false; });
  // on a device that others use too, whoever signs out leaves nothing behind that the server has
  document.querySelectorAll("form[action*='sign-out']").forEach((leave) => leave.addEventListener("submit", () => {
    if (read(key)?.isOnServer) { forget(key); }
  }));
  offer();

  function offer() {
    const kept = read(key), box = document.querySelector("[data-offer]");
    if (kept && same(kept.values, first)) { forget(key); return; }
    if (!kept || document.querySelector(".errors")) { return; }
    const when = new Date(kept.at).toLocaleString(document.documentElement.lang, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
    const title = box.querySelector("[data-when]");
    title.textContent = title.dataset.when.replace("{when}", when);
    box.hidden = false;
    box.querySelector("[data-use]").addEventListener("click", () => { fill(kept.values); box.hidden = true; keepHere(); });
    box.querySelector("[data-drop]").addEventListener("click", () => { forget(key); box.hidden = true; form.querySelector("[name=state]").focus(); });
  }

  function fill(values) {
    if (values.language) {
      form.elements.language.value = values.language;
      form.elements.language.dispatchEvent(new Event("change"));
    }
    for (const [name, words] of Object.entries(values)) {
      const control = form.elements[name];
      if (!control) { continue; }
      if (control.type === "checkbox") { control.checked = words; } else { control.value = words; }
    }
    form.querySelector("textarea").focus();
  }
}
