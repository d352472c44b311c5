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

/// «خرجت مظاهرة في A، وفرق الأمن مظاهرة أخرى في B»: where the verb stands that is done to the later protest;
/// the protest itself where none is.
std::size_t begin_of_dispersal(Scene const& scene, Draft const& protest, std::size_t from) {
    constexpr std::size_t reach = 8;
    std::size_t const begin = protest.tokens.begin;
    if (is_verb(protest.part) || protest.clitics.preposition != 0 || protest.clitics.conjunction) {
        return begin;
    }
    std::size_t const first = std::max(from, begin - std::min(begin, reach));
    for (Word const& word : scene.words_in({first, begin})) {
        if (is_verb(word.match.part) && word.match.pronoun == Pronoun::none &&
            scene.has_listed(word.match.tokens, "dispersing")) {
            return word.match.tokens.begin;
        }
    }
    return begin;
}

/// The clause of a protest and those of its sentence behind it, up to the next place or protest.
text::TokenRange told_of_crowd(Scene const& scene, std::vector<Draft> const& drafts, std::size_t index) {
    Draft const& draft = drafts[index];
    Clause const& clause = scene.clauses()[draft.clause];
    std::size_t end = scene.text().sentences()[clause.sentence].end;
    for (std::size_t next = index + 1; next < drafts.size(); ++next) {
        if (class_of(scene, drafts[next]).name == "protest") {
            std::size_t const begin = begin_of_dispersal(scene, drafts[next], draft.tokens.end);
            end = std::min(end, begin);
            if (begin < drafts[next].tokens.begin && begin < clause.tokens.end) {
                return {clause.tokens.begin, end};
            }
            break;
        }
    }
    auto places = scene.places_in({clause.tokens.end, end});
    std::erase_if(places, [&](std::size_t i) { return !scene.places()[i].is_located; }); // «تضامنا مع X»
    if (!places.empty()) {
        end = scene.places()[places.front()].tokens.begin;
    }
    return {clause.tokens.begin, std::max(end, clause.tokens.end)};
}

/// «احتج العشرات … ورشقوا المبنى بالحجارة»: what the sentence goes on to tell of those who protest, up to
/// what others do.
bool turns_violent(Scene const& scene, std::vector<Draft> const& drafts, std::size_t index) {
    Draft const& draft = drafts[index];
    std::size_t const sentence = scene.clauses()[draft.clause].sentence;
    std::size_t end = scene.text().sentences()[sentence].end;
    for (std::size_t next = draft.clause + 1; next < scene.clauses().size(); ++next) {
        std::size_t const begin = scene.clauses()[next].tokens.begin;
        if (scene.has_cue({begin, begin + 1}, Cue::clause) && scene.clauses()[next].sentence == sentence) {
            end = std::min(end, begin); // «كما …» tells of others
            break;
        }
    }
    if (index + 1 < drafts.size() && drafts[index + 1].tokens.begin < end) {
        if (class_of(scene, drafts[index + 1]).name == "riot") {
            return true;
        }
        end = drafts[index + 1].tokens.begin;
    }
    return has_word(scene, {draft.tokens.end, end}, "riot_act");
}

/// Shots that only disperse a crowd are part of what is done to it.
void drop_shots(Scene const& scene, std::vector<Draft>& drafts, std::size_t crowd, text::TokenRange told) {
    auto const is_part = [&](Draft const& each) {
        return told.contains(each.tokens.begin) && class_of(scene, each).name == "launch" &&
               is_firearm(scene, each) && scene.places_in(each.stretch).empty();
    };
    auto const next = drafts.begin() + static_cast<std::ptrdiff_t>(crowd) + 1;
    drafts.erase(std::remove_if(next, drafts.end(), is_part), drafts.end());
    set_ranges(scene, drafts);
}

/// «إطلاق الرصاص في الهواء».
bool is_into_air(Scene const& scene, Word const& shots) {
    constexpr std::size_t reach = 3;
    std::size_t const end = shots.match.tokens.end;
    return has_word(scene, {end, end + reach}, "air");
}

/// «تظاهر العشرات في X، ففرقهم الأمن»: with its protest told in the same sentence a dispersal is part of it.
void drop_dispersals(Scene const& scene, std::vector<Draft>& drafts) {
    std::vector<std::size_t> protests; // their sentences
    for (Draft const& draft : drafts) {
        if (draft.plover == "PROTEST" && class_of(scene, draft).name != "disperse") {
            protests.push_back(scene.clauses()[draft.clause].sentence);
        }
    }
    std::erase_if(drafts, [&](Draft const& draft) {
        return class_of(scene, draft).name == "disperse" &&
               std::ranges::find(protests, scene.clauses()[draft.clause].sentence) != protests.end();
    });
    set_ranges(scene, drafts);
}

/// «فتح مهاجم النار خلال احتجاج»: a protest that says when others shot, not at whom.
bool is_only_beside(Scene const& scene, Draft const& protest) {
    std::size_t const begin = protest.tokens.begin;
    static std::array const during{text::fold_key("خلال"), text::fold_key("أثناء")};
    return begin > 0 &&
           std::find(during.begin(), during.end(), scene.text().codes(begin - 1)) != during.end();
}

/// Shots that hit nobody break up a crowd where their clause tells of one, and else are no event.
void settle_shots_into_air(Scene const& scene, Draft& draft) {
    text::TokenRange const clause = scene.clauses()[draft.clause].tokens;
    if (has_word(scene, clause, "dispersing") || has_word(scene, clause, "protesters")) {
        set(scene, draft, "Protest with intervention", "shots are fired over it");
    } else {
        draft.sub_event_type.clear();
    }
}

/// «هاجم محتجون مبنى البلدية»: they stand right behind the verb, as its subject.
bool is_by_protesters(Scene const& scene, Draft const& draft) {
    std::size_t const end = draft.tokens.end;
    auto const next = scene.words_in({end, end + 1});
    return is_verb(draft.part) && std::any_of(next.begin(), next.end(), [&](Word const& word) {
               return word.kind == WordKind::list_word &&
                      scene.lexicon().list_name(word.row) == "protesters" &&
                      word.match.clitics.preposition == 0;
           });
}

/// A protest that is broken up, by shots or without.
void settle_dispersed(Scene const& scene, std::vector<Draft>& drafts, std::size_t index,
                      text::TokenRange told) {
    Draft& draft = drafts[index];
    Word const* const shots = shots_in(scene, told);
    if (shots != nullptr && !is_into_air(scene, *shots)) {
        draft.weapon = scene.lexicon().weapons()[shots->row].id;
        set(scene, draft, "Excessive force against protesters", "it is dispersed by shots");
    } else {
        set(scene, draft, "Protest with intervention", "it is dispersed");
    }
    drop_shots(scene, drafts, index, told);
}

/// «هاجم محتجون المبنى وحاولوا اقتحامه» tells one riot; fires and looting are told besides.
void settle_part_of_riot(Scene const& scene, Draft& draft) {
    std::string const& type = class_of(scene, draft).name;
    bool const is_same = (type == "attack" || type == "advance") &&
                         scene.places_in({draft.tokens.end, draft.stretch.end}).empty();
    if (is_same) {
        draft.sub_event_type.clear();
        return;
    }
    set(scene, draft, "Violent demonstration", "part of the riot");
}

} // namespace

void settle_crowds(Scene const& scene, std::vector<Draft>& drafts) {
    constexpr std::size_t reach = 8;
    drop_dispersals(scene, drafts);
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        Draft& draft = drafts[i];
        std::string const& type = class_of(scene, draft).name;
        text::TokenRange const behind{draft.tokens.end,
                                      std::min(draft.tokens.end + reach, draft.stretch.end)};
        bool const at_protest = i + 1 < drafts.size() && drafts[i + 1].clause == draft.clause &&
                                drafts[i + 1].tokens.begin < draft.tokens.end + reach &&
                                class_of(scene, drafts[i + 1]).name == "protest" &&
                                drafts[i + 1].part == Part::noun && !is_only_beside(scene, drafts[i + 1]);
        bool const at_crowd = has_word(scene, behind, "protesters") || at_protest;
        if (at_crowd && type == "launch" && is_firearm(scene, draft)) {
            // «أطلقت النار على مظاهرة في X»: one happening, told by the noun that names its place.
            bool const in_air = has_word(scene, {draft.tokens.begin, behind.end}, "air");
            set(scene, at_protest ? drafts[i + 1] : draft,
                in_air ? "Protest with intervention" : "Excessive force against protesters",
                in_air ? "shots are fired over it" : "people who protest are shot at");
            if (at_protest) {
                drafts.erase(drafts.begin() + static_cast<std::ptrdiff_t>(i));
                set_ranges(scene, drafts);
            }
        } else if (type == "launch" && is_firearm(scene, draft) &&
                   has_word(scene, {draft.tokens.begin, behind.end}, "air")) {
            settle_shots_into_air(scene, draft);
        } else if ((type == "attack" || type == "advance") && is_by_protesters(scene, draft)) {
            set(scene, draft, "Violent demonstration", "done by people who protest");
        } else if (at_crowd && type == "clash" && !is_firearm(scene, draft)) {
            set(scene, draft, "Violent demonstration", "one side of it protests");
        } else if ((type == "attack" || type == "beat") && has_word(scene, behind, "crowd") &&
                   has_word(scene, behind, "angry")) {
            set(scene, draft, "Mob violence", "done by an angry crowd");
        } else if (type == "protest" && turns_violent(scene, drafts, i)) {
            set(scene, draft, "Violent demonstration", "things are thrown or smashed at it");
        } else if (text::TokenRange const told = told_of_crowd(scene, drafts, i);
                   type == "protest" && has_word(scene, told, "dispersing")) {
            settle_dispersed(scene, drafts, i, told);
        } else if (follows_riot(scene, drafts, i)) {
            settle_part_of_riot(scene, draft);
        }
    }
    std::erase_if(drafts, [](Draft const& draft) { return draft.sub_event_type.empty(); });
    set_ranges(scene, drafts);
}

} // namespace kharita::event
