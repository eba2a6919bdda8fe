// What is said, in the customer's language: words come from the server, where a firm may replace them.

const PREFIX = "sekisho-pages-";

export const LANGUAGES = ["ja", "en"];

export class Words {
    #words;
    #zone;

    constructor(language, words, zone) {
        this.language = language;
        this.#words = words;
        this.#zone = zone;
    }

    static async in(language, pages, zone) {
        const known = LANGUAGES.includes(language) ? language : LANGUAGES[0];
        const answer = await fetch(`${pages}words/${known}`);
        return new Words(known, answer.ok ? await answer.json() : {}, zone);
    }

    /** @param values in place of {0}, {1}, … */
    say(key, ...values) {
        return this.#said(PREFIX + key, ...values) ?? key;
    }

    /** Of the words that stand elsewhere: what a notice or a factor is called. */
    name(key, otherwise) {
        return this.#said(key) ?? otherwise;
    }

    /** The words of a kind that are counted, as many as there are: a firm may write more. */
    counted(kind) {
        const keys = new RegExp(`^${PREFIX}${kind}-\\d+$`);
        return Object.keys(this.#words)
            .filter((key) => keys.test(key))
            .sort((one, other) => Number(one.match(/\d+$/)) - Number(other.match(/\d+$/)))
            .map((key) => this.#said(key))
            .filter((text) => text.trim());
    }

    time(iso) {
        return iso ? this.#format(iso, { dateStyle: "medium", timeStyle: "short" }) : this.say("unknown");
    }

    day(iso) {
        return iso ? this.#format(iso, { dateStyle: "medium" }) : this.say("unknown");
    }

    place(place) {
        if (!place) {
            return this.say("unknown");
        }
        const country = new Intl.DisplayNames([this.language], { type: "region" }).of(place.country);
        return place.city ? this.say("place", country, place.city) : country;
    }

    browser(browser, os) {
        return browser ? this.say("browser", browser, os) : this.say("unknown");
    }

    /** @param amount a decimal and a currency, with a space between them: no number, which could not hold it */
    money(amount) {
        const [, whole, rest] = amount.match(/^(-?\d+)(.*)$/);
        return whole.replace(/\B(?=(\d{3})+$)/g, ",") + rest;
    }

    /** What a language calls itself. */
    own(tag) {
        return new Intl.DisplayNames([tag], { type: "language" }).of(tag);
    }

    factor(name) {
        return this.name(`sekisho-factor-${name.toLowerCase().replaceAll("_", "-")}`, name);
    }

    notice(code) {
        return this.name(`sekisho-notice-${code}-name`, code);
    }

    /** Today, as a field of a form writes it. */
    today() {
        return this.#written(new Date(), { dateStyle: "short" });
    }

    /** When a day that was chosen in such a field is over. */
    over(day) {
        const midnight = new Date(`${day}T24:00:00Z`);
        const shown = this.#written(midnight, { dateStyle: "short", timeStyle: "medium" }).replace(" ", "T");
        return new Date(2 * midnight - new Date(`${shown}Z`)).toISOString();
    }

    #written(instant, how) {
        return new Intl.DateTimeFormat("sv-SE", { timeZone: this.#zone, ...how }).format(instant);
    }

    #format(iso, how) {
        return new Intl.DateTimeFormat(this.language, { timeZone: this.#zone, ...how }).format(new Date(iso));
    }

    #said(key, ...values) {
        return this.#words[key]?.replace(/\{(\d)\}/g, (all, index) => values[index] ?? all);
    }
}
