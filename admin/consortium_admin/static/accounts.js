// Passkeys: asks the device, writes its answer into the form, and sends the form as any other.

const bytes = (words) => Uint8Array.from(atob(words.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const words = (buffer) => {
  let signs = "";
  for (const each of new Uint8Array(buffer)) signs += String.fromCharCode(each);
  return btoa(signs).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};
const named = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

function read(said) {
  const options = JSON.parse(said);
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  if (options.excludeCredentials) options.excludeCredentials = named(options.excludeCredentials);
  if (options.allowCredentials) options.allowCredentials = named(options.allowCredentials);
  return options;
}

function told(credential) {
  const response = { clientDataJSON: words(credential.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = words(credential.response[part]);
  }
  return JSON.stringify({ id: credential.id, rawId: words(credential.rawId), type: credential.type, response });
}

function prepare(box) {
  const form = box.querySelector("form");
  const failed = form.querySelector("[data-failed]");
  box.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (form.elements.answer.value) return;
    event.preventDefault();
    failed.hidden = true;
    try {
      const asked = { publicKey: read(box.dataset.options) };
      const credential = await navigator.credentials[box.dataset.passkey](asked);
      form.elements.answer.value = told(credential);
      form.requestSubmit();
    } catch {
      failed.hidden = false;
    }
  });
}

if (window.PublicKeyCredential) document.querySelectorAll("[data-passkey]").forEach(prepare);
