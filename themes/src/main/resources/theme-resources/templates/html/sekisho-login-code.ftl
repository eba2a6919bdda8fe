<#-- code, minutes, contact, purpose (login, where nothing is said) -->
<#import "../sekisho-parts.ftl" as sekisho>
<#assign what = purpose!"login">
<!DOCTYPE html>
<html lang="${locale.language}">
<head><meta charset="UTF-8"><title>${msg("sekisho-login-code-subject")}</title></head>
<body style="margin:0;padding:24px;background:#ffffff;color:#151515;font-family:'Hiragino Sans','Yu Gothic',Meiryo,sans-serif;font-size:16px;line-height:1.7">
<div style="max-width:600px;margin:0 auto">
<p>${msg((what == "login")?then("sekisho-login-code-lead", "sekisho-code-lead-" + what))}</p>
<p style="margin:16px 0;padding:12px 16px;border:1px solid #12355b;color:#12355b;font-size:28px;font-weight:bold;letter-spacing:4px">${code}</p>
<p>${msg("sekisho-login-code-validity", "${minutes}")}</p>
<p><strong>${msg("sekisho-advice-code")}</strong></p>
<p>${msg((what == "login")?then("sekisho-login-code-unknown", "sekisho-code-unknown-" + what))}</p>
<p style="margin-bottom:4px"><strong>${msg("sekisho-contact-title")}</strong></p>
<p style="margin-top:0">${sekisho.part(contact.name)}<br>${msg("sekisho-contact-phone", sekisho.part(contact.phone))}<br>${msg("sekisho-contact-hours", sekisho.part(contact.hours))}</p>
</div>
</body>
</html>
