#include "geoparse/happenings.hpp"

#include "geoparse/signs.hpp"

namespace kharita::geoparse {

namespace {

/// «في X», «على X», «قرب X», «جنوب X»: words that say that something is there.
bool is_located(Setting const& setting) {
    return setting.link == Link::in || setting.link == Link::on || setting.nearness != Nearness::none ||
           setting.compass.has_value();
}

/// The word of a happening farther back in the sentence, or right before what it acts on.
bool follows_happening(Context const& context, Draft const& draft) {
    constexpr std::size_t reach = 20;
    constexpr std::size_t reach_of_verb = 5; // its subject may stand between
    auto const& text = context.text;
    std::size_t const phrase = draft.setting.phrase.begin;
    std::size_t const sentence = text.sentence_of(draft.tokens.begin);
    bool const located = is_located(draft.setting);
    bool open = !draft.setting.conjunction; // for the verb of which the place is the object
    for (std::size_t token = phrase; token > 0 && phrase - token < reach; --token) {
        std::size_t const at = token - 1;
        char const sign = sign_at(text, at);
        if (text.sentence_of(at) != sentence || sign == ';') {
            return false;
        }
        open = open && phrase - at <= reach_of_verb && (sign == 0 || is_quote(sign));
        if (!located && !open) {
            return false;
        }
        CueHit const* const hit = context.cues.starting(at);
        if (hit == nullptr) {
            continue;
        }
        Happening const happening = hit->word->happening;
        bool const done_to_it = happening == Happening::to_it || happening == Happening::fired;
        bool const there = happening == Happening::there || happening == Happening::launched;
        if (done_to_it || (located && there)) {
            return true;
        }
        open = open && hit->word->link == Link::none;
    }
    return false;
}

} // namespace

void find_happenings(Context const& context, std::vector<Draft>& drafts) {
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        Draft& draft = drafts[i];
        if (draft.role != Role::other || draft.setting.role) {
            continue;
        }
        bool const with_last = i > 0 && drafts[i - 1].list == draft.list && drafts[i - 1].told_of;
        draft.told_of = with_last || follows_happening(context, draft);
    }
}

} // namespace kharita::geoparse
