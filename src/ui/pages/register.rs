//! How to get a client ID for this site, with every value to copy. Shown where config.json has none for the chosen cloud.

use yew::prelude::Callback;
use yew::prelude::Html;
use yew::prelude::html;

use crate::auth::Audience;
use crate::auth::scopes::Scope;
use crate::auth::scopes::ScopeSet;
use crate::domain::words::Words;
use crate::ui::components::frame::cloud_name;
use crate::ui::components::frame::head;
use crate::ui::components::value::copyable;
use crate::ui::msg::Msg;
use crate::ui::stage::Stage;

/// As markup.
pub fn draw(stage: &Stage, send: &Callback<Msg>) -> Html {
    let words = stage.words;
    let cloud = stage.draft.cloud();
    let line = format!(
        "{{ \"clients\": {{ \"{}\": \"00000000-0000-0000-0000-000000000000\" }} }}",
        cloud.key()
    );
    let scopes = ScopeSet { discovery: true }.scopes();
    html! {
        <>
            { head("", words.register_title(), &words.register_lead(cloud_name(words, cloud))) }
            <section class="card">
                <h2>{ words.register_steps() }</h2>
                <ol class="numbered">
                    <li><p>{ words.register_step_create() }</p></li>
                    <li><p>{ words.register_step_permissions() }</p></li>
                    <li><p>{ words.register_step_config() }</p></li>
                </ol>
            </section>
            <section class="card">
                <h2>{ words.register_values() }</h2>
                <div class="values">
                    { copyable(words, send, "register-name", words.register_name(), words.product_name()) }
                    { copyable(words, send, "register-redirect", words.register_redirect(), &stage.home) }
                    { copyable(words, send, "register-config", words.register_config(), &line) }
                </div>
                <dl class="essentials">
                    <div><dt>{ words.register_types() }</dt><dd>{ words.register_types_value() }</dd></div>
                    <div><dt>{ words.register_platform() }</dt><dd>{ words.register_platform_value() }</dd></div>
                </dl>
            </section>
            <section class="card">
                <h2>{ words.register_permissions() }</h2>
                <div class="grid-scroll" tabindex="0" role="region" aria-label={words.register_permissions()}>
                    <table class="grid">
                        <thead><tr>
                            <th scope="col">{ words.register_permission() }</th>
                            <th scope="col">{ words.register_service() }</th>
                            <th scope="col">{ words.register_why() }</th>
                        </tr></thead>
                        <tbody>
                            { for scopes.into_iter().map(|scope| html! {
                                <tr>
                                    <th scope="row" class="code" translate="no">{ scope.name() }</th>
                                    <td>{ service(words, scope.audience()) }</td>
                                    <td>{ why(words, scope) }</td>
                                </tr>
                            }) }
                        </tbody>
                    </table>
                </div>
            </section>
        </>
    }
}

fn service(words: Words, audience: Audience) -> &'static str {
    match audience {
        Audience::Graph => words.register_graph(),
        Audience::Arm => words.register_azure(),
    }
}

fn why(words: Words, scope: Scope) -> &'static str {
    match scope {
        Scope::UserRead => words.register_why_user_read(),
        Scope::OrganizationReadAll => words.register_why_organization(),
        Scope::ApplicationReadWriteAll => words.register_why_application(),
        Scope::DelegatedPermissionGrantReadWriteAll => words.register_why_grant(),
        Scope::PolicyReadAll => words.register_why_policy(),
        Scope::AppRoleAssignmentReadWriteAll => words.register_why_role(),
        Scope::UserImpersonation => words.register_why_azure(),
    }
}
