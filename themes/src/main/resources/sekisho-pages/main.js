// The pages on which customers look after their own safety: one view at a time, named in the address.

import { html, nothing, render } from "./lit-html.js";
import { Account, Problem } from "./account.js";
import { Login, Refused } from "./login.js";
import { LANGUAGES, Words } from "./words.js";
import accessRules from "./views/access-rules.js";
import activity from "./views/activity.js";
import advice from "./views/advice.js";
import devices from "./views/devices.js";
import freeze from "./views/freeze.js";
import limits from "./views/limits.js";
import notices from "./views/notices.js";
import operations from "./views/operations.js";
import passkeys from "./views/passkeys.js";
import profile from "./views/profile.js";
import schedule from "./views/schedule.js";

const VIEWS = [
    devices,
    activity,
    operations,
    limits,
    notices,
    passkeys,
    schedule,
    accessRules,
    profile,
    advice,
    freeze,
];

/** What a customer can do something about has words of its own. */
const PROBLEMS = new Set([
    "body",
    "code",
    "locks-out-caller",
    "too-many",
    "address-known",
    "addresses-full",
    "unsent",
    "locked",
]);

const { firm, desk, phone, hours, realm, pages, client, now } = document.body.dataset;
const root = document.body.appendChild(document.createElement("div"));
const dialogs = document.body.appendChild(document.createElement("div"));

/** What the views know and do. */
class App {
    login = new Login(realm, client, pages, Number(now));
    account = new Account(realm, this.login);
    words = null;
    profile = null;
    views = [];
    view = null;
    /** What the view has loaded; null while it loads. */
    data = null;
    /** What the view keeps while it is shown, such as a form that is open. */
    open = {};
    message = null;
    routes = new Set();

    say = (key, ...values) => this.words.say(key, ...values);

    async begin() {
        document.documentElement.classList.add("sekisho-pages");
        this.words = await Words.in(document.documentElement.lang, pages, "Asia/Tokyo");
        let arrived;
        try {
            arrived = await this.login.arrive();
        } catch (error) {
            return this.#outside(error instanceof Refused ? "refused" : "failed");
        }
        if (!arrived) {
            return this.login.left() ? this.#outside("left") : this.login.go({ language: this.words.language });
        }
        this.profile = await this.account.get("profile");
        await this.speak(this.profile.locale);
        await this.#look();
        if (arrived.view) {
            history.replaceState(null, "", pages + arrived.view);
        }
        if (arrived.action) {
            this.#tell(arrived.status === "success" ? "action-done" : "action-not-done", arrived.status === "success");
        }
        addEventListener("hashchange", () => this.show());
        await this.show(true);
    }

    async speak(language) {
        this.words = await Words.in(language, pages, this.profile.zone);
        document.documentElement.lang = this.words.language;
    }

    /** Which views there are: what a server does not offer is not shown. */
    async #look() {
        const routes = [...new Set(VIEWS.flatMap((view) => [view.needs, ...(view.uses ?? [])]).filter(Boolean))];
        const found = await Promise.all(routes.map((route) => this.account.has(route)));
        this.routes = new Set(routes.filter((route, index) => found[index]));
        this.views = VIEWS.filter((view) => !view.needs || this.routes.has(view.needs));
    }

    /** The view that the address names. */
    async show(keepMessage = false) {
        const named = this.views.find((view) => `#${view.id}` === location.hash);
        this.view = named ?? this.views[0];
        this.data = null;
        this.open = {};
        this.message = keepMessage ? this.message : null;
        this.#draw();
        await this.#load();
        document.querySelector("#title")?.focus();
    }

    async #load() {
        const view = this.view;
        try {
            const data = (await view.load?.(this)) ?? {};
            if (view === this.view) {
                this.data = data;
            }
        } catch (error) {
            this.#failed(error);
        }
        this.#draw();
    }

    /** Loads a view again, if it is still shown. */
    async again(id) {
        if (this.view?.id === id) {
            await this.#load();
        }
    }

    /** Draws again, with what the view keeps. */
    change(open) {
        this.open = { ...this.open, ...open };
        this.#draw();
    }

    /**
     * Does what the customer asked for, and says how it went.
     *
     * @param open what the view keeps when it is done
     */
    async act(work, done, open = {}) {
        try {
            await work();
            this.open = open;
            this.#tell(done, true);
            await this.#load();
        } catch (error) {
            this.#failed(error);
            this.#draw();
        }
    }

    /** Does what ends all sessions, this one too: nothing can be asked for afterwards. */
    async last(work, why) {
        try {
            await work();
            this.login.forget();
            this.#outside(why);
        } catch (error) {
            this.#failed(error);
            this.#draw();
        }
    }

    /** Adds to what was loaded. */
    async more(work) {
        try {
            this.data = await work(this.data);
        } catch (error) {
            this.#failed(error);
        }
        this.#draw();
    }

    #failed(error) {
        if (!(error instanceof Problem)) {
            this.#tell("failed-text", false);
        } else if (error.code === "step-up-required") {
            this.message = { key: "step-up-required", good: false, acr: error.acr ?? this.profile.stepUp };
        } else if (error.status === 403 && this.profile.heldUntil) {
            this.#tell("held-refused", false);
        } else {
            this.#tell(PROBLEMS.has(error.code) ? `problem-${error.code}` : "failed-text", false);
        }
    }

    #tell(key, good) {
        this.message = { key, good };
    }

    /** Asks before something is done that is not undone with a click. */
    confirm({ title, lines, yes, danger }) {
        return new Promise((answer) => {
            const closed = (event) => {
                render(nothing, dialogs);
                answer(event.target.returnValue === "yes");
            };
            const close = (value) => () => dialogs.querySelector("dialog").close(value);
            render(
                html`<dialog class="dialog" aria-labelledby="dialog-title" @close=${closed}>
                    <h2 id="dialog-title">${title}</h2>
                    <ul class="lines">
                        ${lines.map((line) => html`<li>${line}</li>`)}
                    </ul>
                    <div class="buttons">
                        <button id="dialog-yes" class="button ${danger ? "danger" : "primary"}" @click=${close("yes")}>
                            ${yes}
                        </button>
                        <button id="dialog-no" class="button" @click=${close("no")}>${this.say("cancel")}</button>
                    </div>
                </dialog>`,
                dialogs,
            );
            dialogs.querySelector("dialog").showModal();
        });
    }

    #draw() {
        const view = this.view;
        document.title = `${this.say(`${view.id}-title`)} - ${firm}`;
        render(
            html`${this.#header()}
                <div class="columns">
                    <nav class="views" aria-label=${this.say("navigation")}>
                        <ul>
                            ${this.views.map(
                                (each) => html`<li>
                                    <a href="#${each.id}" aria-current=${each === view ? "page" : "false"}
                                        >${this.say(`${each.id}-title`)}</a
                                    >
                                </li>`,
                            )}
                        </ul>
                    </nav>
                    <main id="content">
                        <h1 id="title" tabindex="-1">${this.say(`${view.id}-title`)}</h1>
                        <div aria-live="polite" id="message">
                            ${this.message
                                ? html`<p class="notice ${this.message.good ? "good" : "bad"}">
                                      ${this.say(this.message.key)}
                                  </p>
                                  ${this.message.acr ? this.#stepUp(this.message.acr) : nothing}`
                                : nothing}
                        </div>
                        ${this.profile.heldUntil
                            ? html`<p class="notice" id="held">
                                  ${this.say("held", this.words.time(this.profile.heldUntil))}
                              </p>`
                            : nothing}
                        ${this.data === null
                            ? html`<p aria-busy="true">${this.message ? nothing : this.say("loading")}</p>`
                            : view.draw(this, this.data)}
                    </main>
                </div>`,
            root,
        );
    }

    #stepUp(acr) {
        return html`<p>
            <button id="step-up" class="button primary" @click=${() => this.login.go({ acr })}>
                ${this.say("step-up")}
            </button>
        </p>`;
    }

    #header() {
        const speak = async (language) => {
            await this.speak(language);
            this.#draw();
        };
        return html`<a class="skip" href="#content" @click=${(event) => {
                event.preventDefault();
                document.querySelector("#title").focus();
            }}>${this.say("skip")}</a>
            <header class="top">
                <p class="firm">${firm}</p>
                <div class="tools">
                    ${LANGUAGES.filter((language) => language !== this.words.language).map(
                        (language) =>
                            html`<button id="language" class="link" lang=${language} @click=${() => speak(language)}>
                                ${this.say(`language-${language}`)}
                            </button>`,
                    )}
                    <button id="logout" class="link" @click=${() => this.login.leave()}>${this.say("logout")}</button>
                </div>
            </header>`;
    }

    #contact() {
        return html`<section id="contact" class="card" aria-labelledby="contact-title">
            <h2 id="contact-title">${this.say("contact-title")}</h2>
            <p>${desk}<br />${this.say("contact-phone", phone)}<br />${this.say("contact-hours", hours)}</p>
        </section>`;
    }

    /** Nobody is logged in, and nobody is sent to the login page by himself: that would go round in circles. */
    #outside(why) {
        document.title = firm;
        // Whom only the firm lets in again is asked to telephone, not to log in.
        const stopped = why === "frozen" || why === "disowned";
        render(
            html`<header class="top"><p class="firm">${firm}</p></header>
                <main class="outside">
                    <h1 id="title">${this.say(`outside-${why}-title`)}</h1>
                    <p>${this.say(`outside-${why}-text`)}</p>
                    ${stopped ? this.#contact() : nothing}
                    <p class="buttons">
                        <button
                            id="login"
                            class=${stopped ? "button" : "button primary"}
                            @click=${() => this.login.go({ language: this.words.language })}
                        >
                            ${this.say("login")}
                        </button>
                    </p>
                </main>`,
            root,
        );
    }
}

await new App().begin();
