${greeting?no_esc}

${lead?no_esc}

<#list details as row>
${row.label?no_esc}: ${row.value?no_esc}
</#list>

${advice?no_esc}
<#if contact?has_content>

${contactTitle?no_esc}
<#list contact as row>
${row.label?no_esc}: ${row.value?no_esc}
</#list>
</#if>

--
${footer?no_esc}
