// Keys that live in a phone or computer (WebAuthn): asks the browser, and hands its answer to the form.
// A form says what it wants: data-passkey="create", "get" (options stand in the page) or "fetch" (options are asked for).

export function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

export function text(buffer) {
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const each = (list) => list?.map((item) => ({ ...item, id: bytes(item.id) }));

export function forCreation({ publicKey }) {
  const selection = { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" };
  return {
    ...publicKey, challenge: bytes(publicKey.challenge), user: { ...publicKey.user, id: bytes(publicKey.user.id) },
    excludeCredentials: each(publicKey.excludeCredentials), authenticatorSelection: selection,
  };
}

export function forProof({ publicKey }) {
  return { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: each(publicKey.allowCredentials) };
}

export function answer(credential) {
  const { response } = credential;
  const said = { clientDataJSON: text(response.clientDataJSON) };
  if (response.attestationObject) {
    Object.assign(said, { attestationObject: text(response.attestationObject), transports: response.getTransports?.() ?? [] });
  } else {
    Object.assign(said, {
      authenticatorData: text(response.authenticatorData), signature: text(response.signature),
      userHandle: response.userHandle ? text(response.userHandle) : null,
    });
  }
  return {
    id: credential.id, rawId: text(credential.rawId), type: credential.type, response: said,
    authenticatorAttachment: credential.authenticatorAttachment, clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function options(form) {
  if (form.dataset.passkey !== "fetch") return JSON.parse(document.getElementById(form.dataset.options).textContent);
  const reply = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!reply.ok) throw new Error(`${reply.status}`);
  return reply.json();
}

async function ask(form) {
  const given = await options(form);
  if (form.dataset.passkey === "create") return navigator.credentials.create({ publicKey: forCreation(given.creation_options) });
  return navigator.credentials.get({ publicKey: forProof(given.request_options) });
}

export function sentence(error, words) {
  if (error.name === "InvalidStateError") return words.known;
  if (error.name === "SecurityError") return words.unsafe;
  return words.stopped;
}

function ready(form, words) {
  const said = form.querySelector("[data-said]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(answer(await ask(form)));
      form.submit();
    } catch (error) {
      said.textContent = sentence(error, words);
      said.hidden = false;
    }
  });
}

const words = document.getElementById("passkey-words")?.dataset ?? {};
for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (window.PublicKeyCredential) ready(form, words);
  else if (!form.hidden) Object.assign(form.querySelector("[data-said]"), { textContent: words.none, hidden: false });
}
