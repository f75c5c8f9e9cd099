//! Step "Discovery": optional, off unless chosen, because it alone takes the widest consent.

use yew::prelude::Callback;
use yew::prelude::Html;
use yew::prelude::html;

use crate::ui::access::Unfit;
use crate::ui::components::field::Kind;
use crate::ui::components::field::TextField;
use crate::ui::components::field::check_box;
use crate::ui::components::frame::head;
use crate::ui::components::frame::kicker;
use crate::ui::components::message::Tone;
use crate::ui::components::message::message;
use crate::ui::components::value::button;
use crate::ui::entry::Entry;
use crate::ui::msg::Msg;
use crate::ui::place::Step;
use crate::ui::stage::Stage;

/// As markup.
pub fn draw(stage: &Stage, send: &Callback<Msg>) -> Html {
    let words = stage.words;
    let draft = &stage.draft;
    let needs_more = stage.access.unfit(draft) == Some(Unfit::Discovery);
    html! {
        <>
            { head(&kicker(words, Some(Step::Discovery)), words.discovery_title(), words.discovery_lead()) }
            <section class="card">
                <fieldset class="field">
                    <legend class="unseen">{ words.discovery_title() }</legend>
                    <div class="choices">
                        { check_box(Entry::UserDiscovery, draft.user_discovery, words.discovery_users(), words.discovery_users_detail()) }
                        { check_box(Entry::GroupDiscovery, draft.group_discovery, words.discovery_groups(), words.discovery_groups_detail()) }
                    </div>
                </fieldset>
                if draft.group_discovery {
                    { TextField { entry: Entry::GroupNames, kind: Kind::Lines, label: words.discovery_group_names(),
                        hint: words.discovery_group_names_hint(), value: &draft.group_names, fault: stage.fault(Entry::GroupNames),
                        is_required: false }.draw(words) }
                }
                <div role="status" class="group">
                    if draft.discovery_wanted() {
                        { message(Tone::Info, "", html! { <p>{ words.discovery_cost() }</p> }) }
                    }
                    if needs_more {
                        { message(Tone::Warning, "", html! {
                            <>
                                <p>{ words.unfit_discovery() }</p>
                                <p>{ button(send, Msg::SignInAsked, "", html! { { words.azure_service_sign_in_again() } }) }</p>
                            </>
                        }) }
                    }
                </div>
            </section>
        </>
    }
}
