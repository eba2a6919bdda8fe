<#-- code, minutes, contact, purpose (login, where nothing is said). Plain text: what escapes HTML would spoil it. -->
<#import "../sekisho-parts.ftl" as sekisho>
<#assign what = purpose!"login">
<#noautoesc>
${msg((what == "login")?then("sekisho-login-code-lead", "sekisho-code-lead-" + what))}

    ${code}

${msg("sekisho-login-code-validity", "${minutes}")}
${msg("sekisho-advice-code")}

${msg((what == "login")?then("sekisho-login-code-unknown", "sekisho-code-unknown-" + what))}

${msg("sekisho-contact-title")}
${sekisho.part(contact.name)}
${msg("sekisho-contact-phone", sekisho.part(contact.phone))}
${msg("sekisho-contact-hours", sekisho.part(contact.hours))}
</#noautoesc>
