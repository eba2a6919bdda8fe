<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#--
  JP25-4: standing (postponable, required or lapsed), stages (from, ask, current), until; left and lastDay where it can be put
  off; contact. Posts answer=register or answer=later.
-->
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("sekisho-enrol-title")}
    <#elseif section = "form">
        <@sekisho.style />
        <@sekisho.notice />
        <p class="sekisho-text">${msg("sekisho-enrol-lead-" + standing, until)}</p>
        <p class="sekisho-text">${msg("sekisho-enrol-passkey")}</p>
        <#if left??>
            <p id="sekisho-enrol-left" class="sekisho-notice sekisho-notice-info">${msg("sekisho-enrol-left", "${left}", lastDay)}</p>
        </#if>
        <form id="sekisho-enrol-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <div class="sekisho-actions">
                <@sekisho.button id="sekisho-enrol-register" name="answer" value="register" label=msg("sekisho-enrol-register") />
                <#if left??>
                    <@sekisho.button id="sekisho-enrol-later" name="answer" value="later" primary=false label=msg("sekisho-enrol-later", "${left}") />
                </#if>
            </div>
        </form>
        <#if stages?has_content>
            <section id="sekisho-schedule" aria-labelledby="sekisho-schedule-title">
                <h2 id="sekisho-schedule-title" class="sekisho-subtitle">${msg("sekisho-schedule-title")}</h2>
                <ol role="list" class="sekisho-schedule">
                    <#list stages as stage>
                        <li<#if stage.current> aria-current="step"</#if>>
                            <span class="sekisho-schedule-from">${msg(stage.current?then("sekisho-schedule-from-now", "sekisho-schedule-from"), stage.from)}</span>
                            <span>${msg("sekisho-schedule-ask-" + stage.ask)}</span>
                        </li>
                    </#list>
                </ol>
            </section>
        </#if>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>
