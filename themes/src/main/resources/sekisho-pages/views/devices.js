import { html, nothing } from "../lit-html.js";

const title = (app, device) => device.name ?? app.words.browser(device.browser, device.os);

const remove = async (app, device) => {
    const wanted = await app.confirm({
        title: app.say("devices-remove-title", title(app, device)),
        lines: app.words.counted("devices-remove"),
        yes: app.say("devices-remove-yes"),
        danger: true,
    });
    if (wanted) {
        await app.act(() => app.account.delete(`devices/${device.id}`), "devices-removed");
    }
};

const removeAll = async (app) => {
    const wanted = await app.confirm({
        title: app.say("devices-remove-all-title"),
        lines: app.words.counted("devices-remove"),
        yes: app.say("devices-remove-all-yes"),
        danger: true,
    });
    if (wanted) {
        await app.act(() => app.account.delete("devices"), "devices-removed-all");
    }
};

const rename = (app, device) => (event) => {
    event.preventDefault();
    const name = new FormData(event.target).get("name");
    app.act(() => app.account.put(`devices/${device.id}`, { name }), "devices-renamed");
};

const form = (app, device) =>
    html`<form class="inline" @submit=${rename(app, device)}>
        <label for="name">${app.say("devices-name")}</label>
        <input id="name" name="name" required maxlength="40" autocomplete="off" .value=${device.name ?? ""} />
        <p class="hint">${app.say("devices-name-hint")}</p>
        <div class="buttons">
            <button class="button primary" id="save">${app.say("save")}</button>
            <button class="button" type="button" @click=${() => app.change({ renaming: null })}>
                ${app.say("cancel")}
            </button>
        </div>
    </form>`;

const card = (app, device) =>
    html`<li class="card">
        <h2>
            ${title(app, device)}
            ${device.thisBrowser ? html`<span class="label">${app.say("devices-this")}</span>` : nothing}
        </h2>
        <dl>
            <dt>${app.say("devices-browser")}</dt>
            <dd>${app.words.browser(device.browser, device.os)}</dd>
            <dt>${app.say("devices-last")}</dt>
            <dd>${app.words.time(device.lastSeenAt)}<br />${app.words.place(device.lastSeenIn)}</dd>
            <dt>${app.say("devices-first")}</dt>
            <dd>${app.words.time(device.firstSeenAt)}<br />${app.words.place(device.firstSeenIn)}</dd>
            <dt>${app.say("devices-until")}</dt>
            <dd>${app.words.day(device.rememberedUntil)}</dd>
        </dl>
        ${app.open.renaming === device.id
            ? form(app, device)
            : html`<div class="buttons">
                  <button
                      class="button rename"
                      aria-label=${app.say("devices-rename-label", title(app, device))}
                      @click=${() => app.change({ renaming: device.id })}
                  >
                      ${app.say("devices-rename")}
                  </button>
                  <button
                      id="remove-${device.id}"
                      class="button danger remove"
                      aria-label=${app.say("devices-remove-label", title(app, device))}
                      @click=${() => remove(app, device)}
                  >
                      ${app.say("devices-remove")}
                  </button>
              </div>`}
    </li>`;

export default {
    id: "devices",
    load: (app) => app.account.get("devices"),
    draw: (app, { devices }) =>
        html`<p>${app.say("devices-text")}</p>
            ${devices.length === 0 ? html`<p id="none">${app.say("devices-none")}</p>` : nothing}
            <ul class="cards" id="device-list">
                ${devices.map((device) => card(app, device))}
            </ul>
            ${devices.length > 1
                ? html`<p>
                      <button id="remove-all" class="button danger" @click=${() => removeAll(app)}>
                          ${app.say("devices-remove-all")}
                      </button>
                  </p>`
                : nothing}`,
};
