<#import "sekisho-parts.ftl" as sekisho>
<#-- Under the stock pages: advice where a password is typed, the contact point where the authenticator gives it. -->
<#macro content>
    <#if !pageId?starts_with("sekisho-")>
        <div class="sekisho-footer">
            <#-- FFAJ-7.2-B: a firm changes the words in the realm's localization. -->
            <#if ["login", "login-username", "login-password"]?seq_contains(pageId)>
                <p class="sekisho-hint">${msg("sekisho-advice-login")}</p>
            </#if>
            <#if contact??><@sekisho.contactPoint contact=contact /></#if>
        </div>
    </#if>
</#macro>
