// What all pages of the room do: a key with every form that is sent, so that it is done once however often it is sent;
// sending again what did not arrive; saying that the connection is lost.
"use strict";
(function () {
  const AGAIN_MS = [1000, 2000, 4000];
  const keys = new WeakMap(); // of each form, what was sent last and the key it was sent with
  const body = document.body;
  let out = false; // this device gets nothing more, and has been told why

  function drawn() {
    return Array.from(crypto.getRandomValues(new Uint8Array(12)), (one) => one.toString(16).padStart(2, "0")).join("");
  }

  function show(id, text) {
    const place = document.getElementById(id);
    if (place && place.textContent !== text) place.textContent = text;
  }

  // The same content that was not acknowledged has the same key; other content has another.
  body.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb === "get") return;
    const form = event.detail.elt, sent = event.detail.parameters;
    delete sent.key;
    const content = JSON.stringify([event.detail.path, Array.from(event.detail.formData.entries())
      .filter(([name]) => name !== "key")]);
    const before = keys.get(form);
    const key = before && before.content === content ? before.key : drawn();
    keys.set(form, { content, key, tries: before && before.content === content ? before.tries : 0 });
    sent.key = key;
  });

  body.addEventListener("htmx:beforeSwap", (event) => {
    const { requestConfig } = event.detail;
    if (out && requestConfig && requestConfig.verb === "get") event.detail.shouldSwap = false;
  });

  body.addEventListener("htmx:afterRequest", (event) => {
    const { elt, xhr, requestConfig } = event.detail;
    if (!requestConfig || requestConfig.verb === "get" || !xhr || !xhr.status) return;
    keys.delete(elt); // it has arrived, and was done or refused
    show("lost", "");
    if (event.detail.successful) {
      show("said", "");
      if (elt.matches && elt.matches("form[data-clear]")) elt.reset();
    }
  });

  function again(event) {
    const { elt, requestConfig } = event.detail;
    if (!requestConfig || requestConfig.verb === "get") return;
    const last = keys.get(elt);
    if (!last) return;
    show("lost", body.dataset.notSent);
    const wait = AGAIN_MS[Math.min(last.tries, AGAIN_MS.length - 1)];
    last.tries += 1;
    window.setTimeout(() => {
      if (keys.get(elt) === last && body.contains(elt)) {
        htmx.trigger(elt, elt.tagName === "FORM" ? "submit" : "click");
      }
    }, wait);
  }
  body.addEventListener("htmx:sendError", again);
  body.addEventListener("htmx:timeout", again);

  body.addEventListener("htmx:sseError", () => show("lost", body.dataset.lost));
  body.addEventListener("htmx:sseOpen", (event) => {
    show("lost", "");
    const source = event.detail.source;
    // The server has something to say to everybody: that nothing can be noted any more, that this device is out.
    source.addEventListener("notice", (message) => show("said", message.data));
    source.addEventListener("closed", (message) => {
      source.close();
      out = true;
      show("said", message.data);
    });
  });
})();
