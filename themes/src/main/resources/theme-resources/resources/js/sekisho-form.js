// A Japanese keyboard types full-width digits, and people copy codes with spaces.
const digits = (text) => text.normalize("NFKC").replace(/[\s-]/g, "");

// The layout shows the customer's name in a field that no label names: its label is for one that is not there.
const attempted = document.getElementById("kc-attempted-username");
const label = document.querySelector('label[for="username"]');
if (attempted && label && !document.getElementById("username")) {
    label.htmlFor = attempted.id;
}

for (const form of document.querySelectorAll("form")) {
    let sent = false;

    form.addEventListener("submit", (event) => {
        if (sent) {
            // A double click must not count as two attempts.
            event.preventDefault();
            return;
        }
        sent = true;
        for (const input of form.querySelectorAll("input[data-sekisho-digits]")) {
            input.value = digits(input.value);
        }
    });

    // Back from the next page: the form may be sent again.
    globalThis.addEventListener("pageshow", () => (sent = false));
}
