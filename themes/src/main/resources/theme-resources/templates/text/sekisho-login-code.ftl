<#-- code, minutes, contact. Plain text: what escapes HTML would spoil it. -->
<#import "../sekisho-parts.ftl" as sekisho>
<#noautoesc>
${msg("sekisho-login-code-lead")}

    ${code}

${msg("sekisho-login-code-validity", "${minutes}")}
${msg("sekisho-advice-code")}

${msg("sekisho-login-code-unknown")}

${msg("sekisho-contact-title")}
${sekisho.part(contact.name)}
${msg("sekisho-contact-phone", sekisho.part(contact.phone))}
${msg("sekisho-contact-hours", sekisho.part(contact.hours))}
</#noautoesc>
