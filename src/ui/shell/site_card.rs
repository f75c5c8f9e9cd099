//! Name, notice, links and logo of the site owner. Styled apart, because they are not statements of this page.

use yew::prelude::Html;

use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
use crate::ui::components::text::foreign;
use crate::ui::components::value::essentials;
use crate::ui::model::Model;
use crate::ui::shell::site::beside;
use domain::config::organization::Link;

/// The logo stands beside the product name and never replaces it. In an image element, scripts of an SVG do not run.
pub fn logo(model: &Model) -> Option<Html> {
    let config = model.site.config()?;
    let file = config.logo.as_ref()?.as_str();
    let name = config.organization.name.as_deref();
    let picture = tag("img")
        .set_to("src", &beside(&model.home, file))
        .set_to("alt", name.unwrap_or(model.words.host_logo()))
        .class("host-logo");
    Some(picture.html())
}

/// Name, notice and links of the site owner.
pub fn card(model: &Model) -> Html {
    let words = model.words;
    let Some(config) = model.site.config() else {
        return Html::default();
    };
    let organization = &config.organization;
    if organization.is_empty() {
        return Html::default();
    }
    let links = [
        (words.host_contact(), &organization.contact),
        (words.host_help(), &organization.help),
    ];
    let links: Vec<(&str, Html)> = links
        .into_iter()
        .filter_map(|(label, link)| Some((label, shown(link.as_ref()?))))
        .collect();
    tag("section")
        .set("aria-labelledby", "host")
        .class("host")
        .with(tag("h2").set("id", "host").say(words.host_title()))
        .maybe(
            organization
                .name
                .as_deref()
                .map(|name| tag("p").class("host-name").put(foreign(name)).html()),
        )
        .maybe(
            organization
                .notice
                .as_deref()
                .map(|notice| tag("p").class("text-width").put(foreign(notice)).html()),
        )
        .maybe((!links.is_empty()).then(|| essentials(links)))
        .html()
}

/// A link whose text is its full URL, so that the target is visible.
fn shown(link: &Link) -> Html {
    let address = link.as_str();
    let mail = address.strip_prefix("mailto:");
    tag("a")
        .set_to("href", address)
        .set_some("target", mail.is_none().then_some("_blank"))
        .set("rel", "noopener noreferrer")
        .set("translate", "no")
        .put(text(mail.unwrap_or(address)))
        .html()
}
