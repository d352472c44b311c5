#include <algorithm>
#include <array>

#include "event/drafting.hpp"

// Crowds: what is done by them and to them is coded apart from war (ACLED codebook, "Protests" and "Riots").

namespace kharita::event {

namespace {

bool has_word(Scene const& scene, text::TokenRange range, std::string_view list) {
    auto const words = scene.words_in(range);
    return std::any_of(words.begin(), words.end(), [&](Word const& word) {
        return word.kind == WordKind::list_word && scene.lexicon().list_name(word.row) == list;
    });
}

bool is_firearm(Scene const& scene, Draft const& draft) {
    return draft.category && scene.lexicon().categories()[*draft.category].is_gun();
}

void set(Scene const& scene, Draft& draft, std::string const& sub, std::string const& reason) {
    Ontology::Plover const plover = scene.lexicon().ontology().plover_of(sub);
    set_type(draft, sub, std::string{plover.event}, std::string{plover.mode});
    draft.note(reason);
}

/// «فضوا بالرصاص الحي احتجاجا»: shots in a clause, and none of rubber.
Word const* shots_in(Scene const& scene, text::TokenRange clause) {
    static std::array const rubber{text::fold_key("المطاطي"), text::fold_key("مطاطي")};
    auto const words = scene.words_in(clause);
    auto const found = std::find_if(words.begin(), words.end(), [&](Word const& word) {
        bool const is_gun =
            word.kind == WordKind::weapon &&
            scene.lexicon().categories()[scene.lexicon().weapons()[word.row].category].is_gun();
        std::string_view const next = scene.text().codes(word.match.tokens.end);
        return is_gun && std::find(rubber.begin(), rubber.end(), next) == rubber.end();
    });
    return found == words.end() ? nullptr : &*found;
}

/// "Rioters torched tyres": what else the clause of a riot tells is part of it.
bool follows_riot(Scene const& scene, std::vector<Draft> const& drafts, std::size_t index) {
    return index > 0 && drafts[index - 1].clause == drafts[index].clause &&
           drafts[index - 1].sub_event_type == "Violent demonstration" &&
           drafts[index].sub_event_type != "Peaceful protest" &&
           class_of(scene, drafts[index]).name != "kill";
}

} // namespace

void settle_crowds(Scene const& scene, std::vector<Draft>& drafts) {
    constexpr std::size_t reach = 8;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        Draft& draft = drafts[i];
        std::string const& type = class_of(scene, draft).name;
        text::TokenRange const behind{draft.tokens.end,
                                      std::min(draft.tokens.end + reach, draft.stretch.end)};
        bool const at_protest = i + 1 < drafts.size() && drafts[i + 1].clause == draft.clause &&
                                drafts[i + 1].tokens.begin < draft.tokens.end + reach &&
                                class_of(scene, drafts[i + 1]).name == "protest" &&
                                drafts[i + 1].part == Part::noun;
        bool const at_crowd = has_word(scene, behind, "protesters") || at_protest;
        if (at_crowd && type == "launch" && is_firearm(scene, draft)) {
            // «أطلقت النار على مظاهرة في X»: one happening, told by the noun that names its place.
            set(scene, at_protest ? drafts[i + 1] : draft, "Excessive force against protesters",
                "people who protest are shot at");
            if (at_protest) {
                drafts.erase(drafts.begin() + static_cast<std::ptrdiff_t>(i));
                set_ranges(scene, drafts);
            }
        } else if (at_crowd && type == "clash" && !is_firearm(scene, draft)) {
            set(scene, draft, "Violent demonstration", "one side of it protests");
        } else if (type == "protest" && has_word(scene, scene.clauses()[draft.clause].tokens, "dispersing")) {
            Word const* const shots = shots_in(scene, scene.clauses()[draft.clause].tokens);
            if (shots != nullptr) {
                draft.weapon = scene.lexicon().weapons()[shots->row].id;
                set(scene, draft, "Excessive force against protesters", "it is dispersed by shots");
            } else {
                set(scene, draft, "Protest with intervention", "it is dispersed");
            }
        } else if (follows_riot(scene, drafts, i)) {
            set(scene, draft, "Violent demonstration", "part of the riot");
        }
    }
}

} // namespace kharita::event
