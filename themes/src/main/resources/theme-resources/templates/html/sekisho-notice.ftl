<!DOCTYPE html>
<html lang="${language}">
<head><meta charset="UTF-8"><title>${subject}</title></head>
<body style="margin:0;padding:24px;background:#ffffff;color:#151515;font-family:'Hiragino Sans','Yu Gothic',Meiryo,sans-serif;font-size:16px;line-height:1.7">
<div style="max-width:600px;margin:0 auto">
<p>${greeting}</p>
<p>${lead}</p>
<table style="border-collapse:collapse;width:100%;margin:16px 0">
<#list details as row>
<tr><th scope="row" style="text-align:left;vertical-align:top;font-weight:normal;color:#4d4d4d;padding:6px 16px 6px 0;border-top:1px solid #c7c7c7;white-space:nowrap">${row.label}</th><td style="padding:6px 0;border-top:1px solid #c7c7c7">${row.value}</td></tr>
</#list>
</table>
<p>${advice}</p>
<#if contact?has_content>
<p style="margin-bottom:4px"><strong>${contactTitle}</strong></p>
<table style="border-collapse:collapse">
<#list contact as row>
<tr><th scope="row" style="text-align:left;font-weight:normal;color:#4d4d4d;padding:2px 16px 2px 0">${row.label}</th><td style="padding:2px 0">${row.value}</td></tr>
</#list>
</table>
</#if>
<p style="margin-top:24px;padding-top:12px;border-top:1px solid #c7c7c7;color:#4d4d4d;font-size:14px">${footer}</p>
</div>
</body>
</html>
