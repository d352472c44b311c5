#include "event/sentence_signs.hpp"

#include <algorithm>
#include <string>

#include "event/protest_signs.hpp"

namespace kharita::event {

namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, sign_count> sign_names{
    "bias",
    "assault",
    "assault_verb",
    "assault_imperfect",
    "assault_indefinite",
    "assault_definite",
    "assault_twice",
    "assault_undone",
    "assault_unused",
    "bombing",
    "bomb_blast",
    "suicide",
    "fighting",
    "storming",
    "killing",
    "taking_people",
    "destroying",
    "beating",
    "opens_with_assault",
    "known_assault",
    "assault_carried",
    "assault_suffered",
    "assault_as_time",
    "assault_aside",
    "assault_with_toll",
    "assault_dated",
    "assault_placed",
    "assault_happens",
    "assault_armed",
    "people_attacked",
    "killed_counted",
    "injured_counted",
    "nobody_hurt",
    "casualty_verb",
    "casualty_noun",
    "killed_by_somebody",
    "killed_by_gun",
    "outcome",
    "weapon_heavy",
    "weapon_air",
    "weapon_explosive",
    "weapon_gun",
    "armed_people",
    "armed_actor",
    "unknown_actor",
    "civilians",
    "people_counted",
    "by_agent",
    "dated_day",
    "dated_long_ago",
    "place",
    "place_near",
    "surroundings",
    "site",
    "part_of_day",
    "witness",
    "says",
    "according",
    "maybe",
    "habit",
    "plan",
    "threat",
    "denial",
    "negation",
    "failure",
    "purpose",
    "comment",
    "judged",
    "suspected",
    "parley",
    "called_for",
    "asks",
    "short_sentence",
    "long_sentence",
    "protest",
    "protest_verb",
    "protest_indefinite",
    "protest_definite",
    "protesters",
    "protesters_act",
    "protest_happens",
    "dispersed",
    "crowd_gathers",
    "crowd",
    "gathering",
    "chanting",
    "in_street",
    "protest_told",
    "protest_act",
    "protest_act_by_crowd",
    "crowd_acts",
    "protest_comes_about",
    "protest_told_twice",
    "opens_with_protest",
    "protest_aim",
    "protest_place",
    "slogans",
    "protest_told_with_aim",
    "protest_told_with_place",
    "protest_told_with_slogans",
    "crowd_speaks",
    "protest_by_new_crowd",
    "protest_by_known_crowd",
    "protest_placed",
    "protest_dated",
};

static_assert(!sign_names.back().empty());

bool is_verb(Part part) {
    return part == Part::perfect || part == Part::imperfect;
}

/// What sort of assault a class of triggers tells.
Sign kind_of(TriggerClass const& type) {
    constexpr std::array<std::pair<std::string_view, Sign>, 14> kinds{{{"blast", Sign::bomb_blast},
                                                                       {"suicide", Sign::suicide},
                                                                       {"clash", Sign::fighting},
                                                                       {"attack", Sign::fighting},
                                                                       {"gunfire", Sign::fighting},
                                                                       {"advance", Sign::storming},
                                                                       {"incursion", Sign::storming},
                                                                       {"kill", Sign::killing},
                                                                       {"execute", Sign::killing},
                                                                       {"run_over", Sign::killing},
                                                                       {"massacre", Sign::killing},
                                                                       {"abduct", Sign::taking_people},
                                                                       {"sexual", Sign::taking_people},
                                                                       {"beat", Sign::beating}}};
    for (auto const& [name, sign] : kinds) {
        if (name == type.name) {
            return sign;
        }
    }
    bool const is_bombing = (type.rule == Rule::weapon || type.rule == Rule::aim) && type.name != "destroy";
    return is_bombing ? Sign::bombing : Sign::destroying;
}

/// Reads the signs of one range.
class SignReader {
public:
    SignReader(Scene const& scene, std::span<Draft const> drafts, text::TokenRange range)
        : m_scene{scene},
          m_drafts{drafts},
          m_range{range} {}

    SignSet read(std::span<TollMention const> tolls, std::span<ActorMention const> actors);

private:
    void set(Sign sign) { m_signs.set(static_cast<std::size_t>(sign)); }
    void read_draft(Draft const& draft);
    void read_assault(Draft const& draft);
    void read_ties(Draft const& draft);
    bool is_told_to_happen(Draft const& draft) const;
    void read_drafts();
    void read_word(Word const& word);
    void read_cue(Cue cue);
    void read_weapon(Word const& word);
    void read_list(Word const& word);
    void read_casualties(std::span<TollMention const> tolls);
    void read_actors(std::span<ActorMention const> actors);
    void read_setting();
    TriggerClass const& class_of(Draft const& draft) const { return m_scene.lexicon().classes()[draft.type]; }

    Scene const& m_scene;
    std::span<Draft const> m_drafts;
    text::TokenRange m_range;
    SignSet m_signs;
};

void SignReader::read_assault(Draft const& draft) {
    if (draft.modality != Modality::occurred && draft.modality != Modality::historical &&
        draft.modality != Modality::failed) {
        set(Sign::assault_undone);
        return;
    }
    if (m_signs[static_cast<std::size_t>(Sign::assault)]) {
        set(Sign::assault_twice);
    }
    set(Sign::assault);
    if (is_verb(draft.part) && !draft.may_be_noun) {
        set(draft.part == Part::perfect ? Sign::assault_verb : Sign::assault_imperfect);
    } else {
        set(draft.is_definite ? Sign::assault_definite : Sign::assault_indefinite);
    }
    set(kind_of(class_of(draft)));
    read_ties(draft);
    if (draft.tokens.begin < m_range.begin + 3) {
        set(Sign::opens_with_assault);
    }
    if (draft.is_definite && draft.count.has_value()) {
        set(Sign::known_assault);
    }
}

/// How an assault hangs together with the rest of its clause.
void SignReader::read_ties(Draft const& draft) {
    constexpr std::size_t reach = 4;
    std::size_t const begin = draft.tokens.begin;
    text::TokenRange const before{std::max(m_range.begin, begin - std::min(begin, reach)), begin};
    Clause const& clause = m_scene.clauses()[draft.clause];
    for (Word const& word : m_scene.words_in(before)) {
        if (is_cue(word, Cue::perform) && is_verb(word.match.part)) {
            set(Sign::assault_carried);
        } else if (is_cue(word, Cue::suffer)) {
            set(Sign::assault_suffered);
        } else if (word.kind == WordKind::list_word && word.match.tokens.end == begin &&
                   m_scene.lexicon().list_name(word.row) == "time_of") {
            set(Sign::assault_as_time);
        }
    }
    if (clause.opening == Clause::Opening::relative) {
        set(Sign::assault_aside);
    }
    if (is_told_to_happen(draft)) {
        set(Sign::assault_happens);
    }
    for (Word const& word : m_scene.words_in(draft.stretch)) {
        if (word.kind == WordKind::weapon && word.match.tokens.begin >= draft.tokens.end) {
            set(Sign::assault_armed);
        }
    }
    for (std::size_t const place : m_scene.places_in(clause.tokens)) {
        auto const& mention = m_scene.places()[place].mention;
        bool const is_country = mention.place && mention.place->feature.starts_with("PCL");
        if (mention.role != Role::metonym && !is_country) {
            set(Sign::assault_placed);
        }
    }
    Sign const kind = kind_of(class_of(draft));
    bool const on_people = kind == Sign::killing || kind == Sign::taking_people || kind == Sign::beating;
    if (on_people && draft.part == Part::perfect && !draft.may_be_noun) {
        set(Sign::people_attacked);
    }
    auto const words = m_scene.words_in(clause.tokens);
    if (std::any_of(words.begin(), words.end(),
                    [](Word const& word) { return word.kind == WordKind::casualty; })) {
        set(Sign::assault_with_toll);
    }
    auto const& dates = m_scene.dates();
    if (std::any_of(dates.begin(), dates.end(), [&](text::DateMention const& date) {
            return clause.tokens.contains(date.tokens.begin) && !date.historical && date.time_precision == 1;
        })) {
        set(Sign::assault_dated);
    }
}

/// «وقع الهجوم», «شهدت المدينة تفجيرا», «انطلقت مظاهرات»: a verb beside a noun that says that it came to
/// pass.
bool SignReader::is_told_to_happen(Draft const& draft) const {
    constexpr std::size_t reach = 4;
    std::size_t const begin =
        std::max(m_range.begin, draft.tokens.begin - std::min(draft.tokens.begin, reach));
    auto const near = m_scene.words_in({begin, std::min(draft.tokens.end + 2, m_range.end)});
    static std::string const what = text::fold_key("ما");
    return std::any_of(near.begin(), near.end(), [&](Word const& word) {
        std::size_t const at = word.match.tokens.begin;
        bool const is_referring = at > 0 && m_scene.text().codes(at - 1) == what; // «ما جرى»
        return word.kind == WordKind::list_word && is_verb(word.match.part) && !is_referring &&
               m_scene.lexicon().list_name(word.row) == "happening";
    });
}

void SignReader::read_draft(Draft const& draft) {
    TriggerClass const& type = class_of(draft);
    if (type.plover == "ASSAULT") {
        read_assault(draft);
    } else if (type.plover == "PROTEST" && draft.modality != Modality::planned &&
               draft.modality != Modality::threatened && draft.modality != Modality::denied) {
        set(Sign::protest);
        bool const by_verb = is_verb(draft.part) && !draft.may_be_noun;
        set(by_verb             ? Sign::protest_verb
            : draft.is_definite ? Sign::protest_definite
                                : Sign::protest_indefinite);
        if (is_told_to_happen(draft)) {
            set(Sign::protest_happens);
        }
    }
}

void SignReader::read_drafts() {
    for (Draft const& draft : m_drafts) {
        if (m_range.contains(draft.tokens.begin)) {
            read_draft(draft);
        }
    }
    for (Word const& word : m_scene.words_in(m_range)) {
        if (word.kind != WordKind::trigger) {
            continue;
        }
        Trigger const& trigger = m_scene.lexicon().triggers()[word.row];
        bool const used = std::any_of(m_drafts.begin(), m_drafts.end(), [&](Draft const& draft) {
            return draft.stretch.contains(word.match.tokens.begin);
        });
        if (!used && m_scene.lexicon().classes()[trigger.type].plover == "ASSAULT") {
            set(Sign::assault_unused);
        }
    }
}

void SignReader::read_cue(Cue cue) {
    switch (cue) {
    case Cue::report:
        return set(Sign::says);
    case Cue::according:
        return set(Sign::according);
    case Cue::maybe:
        return set(Sign::maybe);
    case Cue::habit:
        return set(Sign::habit);
    case Cue::plan:
        return set(Sign::plan);
    case Cue::threat:
        return set(Sign::threat);
    case Cue::deny:
        return set(Sign::denial);
    case Cue::negate:
        return set(Sign::negation);
    case Cue::fail:
        return set(Sign::failure);
    case Cue::purpose:
        return set(Sign::purpose);
    case Cue::object:
        return set(Sign::site);
    case Cue::agent:
        return set(Sign::by_agent);
    case Cue::consequence:
        return set(Sign::outcome);
    default:
        return;
    }
}

void SignReader::read_weapon(Word const& word) {
    WeaponCategory const& category =
        m_scene.lexicon().categories()[m_scene.lexicon().weapons()[word.row].category];
    std::string const& name = category.name;
    if (name == "artillery" || name == "rocket") {
        set(Sign::weapon_heavy);
    } else if (name == "air" || name == "drone" || name == "barrel") {
        set(Sign::weapon_air);
    } else if (category.is_gun()) {
        set(Sign::weapon_gun);
    } else {
        set(Sign::weapon_explosive);
    }
}

void SignReader::read_list(Word const& word) {
    constexpr std::array<std::pair<std::string_view, Sign>, 13> lists{{{"dispersing", Sign::dispersed},
                                                                       {"comment", Sign::comment},
                                                                       {"judged", Sign::judged},
                                                                       {"suspected", Sign::suspected},
                                                                       {"parley", Sign::parley},
                                                                       {"called_for", Sign::called_for},
                                                                       {"crowd", Sign::crowd},
                                                                       {"gathering", Sign::gathering},
                                                                       {"chanting", Sign::chanting},
                                                                       {"street", Sign::in_street},
                                                                       {"surroundings", Sign::surroundings},
                                                                       {"part_of_day", Sign::part_of_day},
                                                                       {"witness", Sign::witness}}};
    std::string_view const name = m_scene.lexicon().list_name(word.row);
    for (auto const& [list, sign] : lists) {
        if (list == name) {
            set(sign);
        }
    }
    bool const is_of_things =
        m_scene.has_listed({word.match.tokens.end, word.match.tokens.end + 1}, "materiel");
    if ((name == "crowd" && !is_of_things) || name == "crowd_member" || name == "protesters") {
        std::size_t const begin = word.match.tokens.begin;
        for (Word const& each : m_scene.words_in({begin - std::min<std::size_t>(begin, 3), begin})) {
            if (each.kind == WordKind::list_word && each.match.part == Part::perfect &&
                m_scene.lexicon().list_name(each.row) == "gathering") {
                set(Sign::crowd_gathers); // «تجمع مئات …»
            }
        }
    }
    if (name == "protesters") {
        set(Sign::protesters);
        // «تجمع المتظاهرون», «المتظاهرون رفعوا …»: an act of theirs right before or after them.
        std::size_t const begin = word.match.tokens.begin;
        for (Word const& each :
             m_scene.words_in({begin - std::min<std::size_t>(begin, 3), word.match.tokens.end + 2})) {
            bool const acts = each.kind == WordKind::list_word && is_verb(each.match.part) &&
                              (m_scene.lexicon().list_name(each.row) == "gathering" ||
                               m_scene.lexicon().list_name(each.row) == "chanting" ||
                               m_scene.lexicon().list_name(each.row) == "marching");
            if (acts) {
                set(Sign::protesters_act);
            }
        }
    }
}

void SignReader::read_word(Word const& word) {
    switch (word.kind) {
    case WordKind::cue:
        // Nouns are of purpose only behind «ل» («لشن غارات»).
        if (!is_cue(word, Cue::purpose) || word.match.part == Part::phrase ||
            word.match.clitics.preposition == text::code(U'ل')) {
            read_cue(static_cast<Cue>(word.row));
        }
        return;
    case WordKind::weapon:
        return read_weapon(word);
    case WordKind::list_word:
        return read_list(word);
    case WordKind::victim: {
        Victim const victim = m_scene.lexicon().victims()[word.row];
        set(victim == Victim::combatant ? Sign::armed_people : Sign::civilians);
        std::size_t const begin = word.match.tokens.begin;
        bool counted = word.match.number == Number::dual;
        for (std::size_t at = begin - std::min<std::size_t>(begin, 3); at < begin && !counted; ++at) {
            auto const number = text::read_number(m_scene.text(), at, m_scene.numbers());
            counted = number && number->tokens.end == begin;
        }
        if (counted) {
            set(Sign::people_counted);
        }
        return;
    }
    default:
        return;
    }
}

void SignReader::read_casualties(std::span<TollMention const> tolls) {
    for (TollMention const& each : tolls) {
        if (!m_range.contains(each.token)) {
            continue;
        }
        Word const* const word = m_scene.word_at(each.token, WordKind::casualty);
        if (word != nullptr) {
            set(is_verb(word->match.part) && !word->match.may_be_noun ? Sign::casualty_verb
                                                                      : Sign::casualty_noun);
        }
        if (!each.toll) {
            continue;
        }
        if (each.toll->count.best == 0) {
            set(Sign::nobody_hurt);
        } else {
            set(each.killed ? Sign::killed_counted : Sign::injured_counted);
            if (each.has_gunfire && each.killed) {
                set(Sign::killed_by_gun);
            }
        }
    }
}

void SignReader::read_actors(std::span<ActorMention const> actors) {
    for (ActorMention const& actor : actors) {
        if (!m_range.contains(actor.tokens.begin)) {
            continue;
        }
        if (actor.actors.front().id == "unidentified") {
            set(Sign::unknown_actor);
        } else if (actor.inter != 7) {
            set(Sign::armed_actor);
        }
        // «قتلت القوات …», «قتل الجيش …»: the verb of killing has a subject that acts.
        std::size_t const begin = actor.tokens.begin;
        Word const* const before = begin > 0 ? m_scene.word_at(begin - 1, WordKind::casualty) : nullptr;
        bool const acts = actor.inter != 7 && before != nullptr && is_verb(before->match.part);
        if (acts && m_scene.lexicon().casualties()[before->row] == Effect::killed) {
            set(Sign::killed_by_somebody);
        }
    }
}

void SignReader::read_setting() {
    constexpr std::size_t few_words = 12;
    constexpr std::size_t many_words = 45;
    for (text::DateMention const& date : m_scene.dates()) {
        if (m_range.contains(date.tokens.begin)) {
            bool const long_ago = date.historical || date.time_precision == 3;
            set(long_ago ? Sign::dated_long_ago : Sign::dated_day);
        }
    }
    for (std::size_t const index : m_scene.places_in(m_range)) {
        geoparse::Toponym const& place = m_scene.places()[index];
        if (place.mention.role != Role::metonym) {
            set(place.mention.place && place.mention.place->feature.starts_with("PCL") ? Sign::place
                                                                                       : Sign::place_near);
        }
    }
    std::string_view const words = m_scene.words_of(m_range);
    if (words.find("؟") != std::string_view::npos || words.find('?') != std::string_view::npos) {
        set(Sign::asks);
    }
    if (m_range.size() < few_words) {
        set(Sign::short_sentence);
    } else if (m_range.size() > many_words) {
        set(Sign::long_sentence);
    }
}

SignSet SignReader::read(std::span<TollMention const> tolls, std::span<ActorMention const> actors) {
    set(Sign::bias);
    read_drafts();
    for (Word const& word : m_scene.words_in(m_range)) {
        read_word(word);
    }
    read_casualties(tolls);
    read_actors(actors);
    read_setting();
    read_protest_signs(m_scene, m_range, m_signs);
    return m_signs;
}

} // namespace

std::string_view name_of(Sign sign) noexcept {
    return sign_names[static_cast<std::size_t>(sign)];
}

Sign sign_named(std::string_view name) noexcept {
    auto const* const found = std::find(sign_names.begin(), sign_names.end(), name);
    return static_cast<Sign>(found - sign_names.begin());
}

SignSet SignFinder::in(text::TokenRange range) {
    if (!m_tolls) {
        m_tolls = find_tolls(m_scene);
        m_actors = find_actor_mentions(m_scene);
    }
    return SignReader{m_scene, m_drafts, range}.read(*m_tolls, *m_actors);
}

} // namespace kharita::event
