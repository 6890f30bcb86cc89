// Adds or uses a passkey. Where a browser has none, or without this script, the page offers codes.
(() => {
  const form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential) return;
  form.closest("[data-passkey-area]").hidden = false;
  const error = form.querySelector("[data-error]");
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, Accept: "application/json" };

  const decode = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const encode = (buffer) =>
    buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

  const ask = async (body) => {
    const answer = await fetch(form.action, { method: "POST", headers, body, credentials: "same-origin" });
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.error);
    return said;
  };

  const known = (credentials = []) => credentials.map((each) => ({ ...each, id: decode(each.id) }));

  const create = async (options) => {
    const user = { ...options.user, id: decode(options.user.id) };
    const excludeCredentials = known(options.excludeCredentials);
    const publicKey = { ...options, user, excludeCredentials, challenge: decode(options.challenge) };
    return navigator.credentials.create({ publicKey });
  };

  const get = async (options) => {
    const allowCredentials = known(options.allowCredentials);
    return navigator.credentials.get({ publicKey: { ...options, allowCredentials, challenge: decode(options.challenge) } });
  };

  const plain = ({ id, rawId, type, response }, name) => ({
    id,
    type,
    rawId: encode(rawId),
    response: {
      clientDataJSON: encode(response.clientDataJSON),
      attestationObject: encode(response.attestationObject),
      authenticatorData: encode(response.authenticatorData),
      signature: encode(response.signature),
      userHandle: encode(response.userHandle),
      transports: response.getTransports ? response.getTransports() : undefined,
    },
    name,
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    error.textContent = "";
    try {
      const options = await ask("");
      const credential = await (form.dataset.passkey === "add" ? create(options) : get(options));
      const name = form.elements.name ? form.elements.name.value : "";
      const { next } = await ask(JSON.stringify(plain(credential, name)));
      window.location.assign(next);
    } catch (failure) {
      // Whoever closes the browser's window has decided so; what it says is in no language of the site.
      error.textContent = failure instanceof DOMException ? form.dataset.failed : failure.message;
    }
  });
})();
