#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include "event/drafting.hpp"
#include "event/place_finder.hpp"
#include "event/sentence_model.hpp"

// What a text mentions and does not report.

namespace kharita::event {

namespace {

/// Whether a text is of another kind than news of events: long, with a telling here and there only (opinions,
/// interviews, talks). Reports of events have two to eight in a thousand letters.
bool tells_little(Scene const& scene, std::vector<Draft> const& drafts) {
    constexpr std::size_t long_text = 300; // tokens, about 1800 letters
    constexpr std::size_t a_telling = 200;
    auto const placed =
        std::count_if(drafts.begin(), drafts.end(), [](Draft const& draft) { return !draft.places.empty(); });
    return scene.text().size() >= std::max(long_text, a_telling * static_cast<std::size_t>(placed));
}

/// Whether a longer text names no day of these weeks, neither of a happening nor of a saying, and has a
/// telling here and there only: news always says when.
bool is_timeless(Scene const& scene, std::vector<Draft> const& drafts) {
    constexpr std::size_t longer_text = 260; // tokens
    constexpr std::size_t a_telling = 60;
    constexpr std::chrono::days these_days{10};
    auto const published = scene.report().published;
    if (!published || scene.text().size() < longer_text) {
        return false;
    }
    bool const names_day =
        std::any_of(scene.dates().begin(), scene.dates().end(), [&](text::DateMention const& date) {
            return date.first && date.time_precision == 1 && !date.historical &&
                   *date.first + these_days >= *published;
        });
    auto const placed =
        std::count_if(drafts.begin(), drafts.end(), [](Draft const& draft) { return !draft.places.empty(); });
    return !names_day && scene.text().size() >= a_telling * static_cast<std::size_t>(placed);
}

/// In the headline or the first sentences, where even such a text says what is new.
bool is_in_opening(Draft const& draft) {
    constexpr std::size_t opening = 60; // tokens
    return draft.tokens.begin < opening;
}

/// Whether a telling in such a text is one by itself: dated, at a place that its own words name. What is said
/// to be of these months at large («قصف … الشهر الماضي») goes with the argument.
bool stands_alone(Draft const& draft) {
    bool const is_of_a_day = draft.time_precision == 1 || draft.modality != Modality::occurred;
    bool const is_borrowed = draft.place_inherited && draft.is_definite;
    return draft.date_is_own && is_of_a_day && !is_borrowed;
}

/// The weights of sentences were fitted to Arabic ones.
bool is_judged(Scene const& scene, Draft const& draft) {
    return (draft.plover == "ASSAULT" || draft.plover == "PROTEST") &&
           text::is_arabic(scene.text().codes(draft.tokens.begin).front());
}

double told(Scene const& scene, SentenceJudge& judge, Draft const& draft) {
    return judge.probability(draft.plover == "ASSAULT" ? Telling::assault : Telling::protest,
                             scene.clauses()[draft.clause].sentence);
}

/// Whether a noun may only name a war or a blow that everybody knows of («المعركة», «الضربات», «معركة X»).
bool may_be_topic(Scene const& scene, Draft const& draft) {
    std::string const& type = scene.lexicon().classes()[draft.type].name;
    return draft.part == Part::noun && (draft.is_definite || type == "clash" || type == "attack");
}

/// Erases the drafts that are not to be kept. All are judged before any goes, for a sentence's signs are read
/// from all of them.
template <typename Keep>
void keep_if(std::vector<Draft>& drafts, Keep const& keep) {
    std::vector<bool> kept(drafts.size(), true);
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        kept[i] = keep(drafts[i]);
    }
    std::size_t index = 0;
    std::erase_if(drafts, [&](Draft const&) { return !kept[index++]; });
}

} // namespace

void drop_comments(Scene const& scene, SentenceModel const& model, std::vector<Draft>& drafts) {
    constexpr double surely_told = 0.8;
    if (!tells_little(scene, drafts) && !is_timeless(scene, drafts)) {
        return;
    }
    SentenceJudge judge{model, scene, drafts};
    keep_if(drafts, [&](Draft const& draft) {
        return stands_alone(draft) || is_in_opening(draft) ||
               (!draft.places.empty() && is_judged(scene, draft) && told(scene, judge, draft) >= surely_told);
    });
}

void drop_untold(Scene const& scene, SentenceModel const& model, std::vector<Draft>& drafts) {
    constexpr double hardly_told = 0.15;
    constexpr double surely_not_told = 0.03;
    SentenceJudge judge{model, scene, drafts};
    keep_if(drafts, [&](Draft const& draft) {
        // The signs count what came to pass; of plans and threats they say nothing.
        bool const is_past = draft.modality == Modality::occurred || draft.modality == Modality::historical;
        if (draft.plover != "ASSAULT" || !is_past || !is_judged(scene, draft)) {
            return true;
        }
        bool const is_topic = draft.modality == Modality::occurred && may_be_topic(scene, draft);
        return told(scene, judge, draft) >= (is_topic ? hardly_told : surely_not_told);
    });
}

namespace {

/// «في سورية», «شمال سورية», not «دربتها تركيا»: said to be where something was.
bool is_said_to_be_in(Scene const& scene, geoparse::Toponym const& toponym) {
    static std::array const leads{text::fold_key("في"), text::fold_key("داخل"), text::fold_key("فوق"),
                                  std::string{"in"}, std::string{"inside"}};
    std::size_t const begin = toponym.tokens.begin;
    return toponym.mention.relation ||
           (begin > 0 && std::find(leads.begin(), leads.end(), scene.text().codes(begin - 1)) != leads.end());
}

/// «شنت تركيا غارات في شمال سورية», «في العراق وسورية»: each of its countries is said to be where it was.
bool is_placed_in_countries(Scene const& scene, Draft const& draft) {
    for (std::size_t i = 0; i < draft.places.size(); ++i) {
        geoparse::Toponym const& toponym = scene.places()[draft.places[i]];
        bool const is_added = i > 0 && scene.places()[draft.places[i - 1]].tokens.end == toponym.tokens.begin;
        if (!is_said_to_be_in(scene, toponym) && !is_added) {
            return false;
        }
    }
    return true;
}

/// «شنت الطائرات غارات»: a verb in the perfect says that it came to pass.
bool is_carried_out(Scene const& scene, Draft const& draft) {
    constexpr std::size_t reach = 8;
    std::size_t const clause = scene.clauses()[draft.clause].tokens.begin;
    std::size_t const begin = draft.tokens.begin;
    auto const before = scene.words_in({std::max(clause, begin - std::min(begin, reach)), begin});
    return std::any_of(before.begin(), before.end(), [](Word const& word) {
        return is_cue(word, Cue::perform) && word.match.part == Part::perfect;
    });
}

/// Air strikes that a sentence surely tells, as done by somebody named, are of a country or its part where no
/// finer place is known.
bool is_surely_done(Scene const& scene, SentenceJudge& judge, Draft const& draft) {
    double const surely_told = is_carried_out(scene, draft) ? 0.3 : 0.7;
    bool const is_past = draft.modality == Modality::occurred || draft.modality == Modality::historical;
    bool const is_deed = draft.sub_event_type == "Air/drone strike";
    return is_past && is_deed && is_placed_in_countries(scene, draft) &&
           (!draft.initiator.empty() || is_carried_out(scene, draft)) && is_judged(scene, draft) &&
           told(scene, judge, draft) >= surely_told;
}

} // namespace

void drop_country_talk(Scene const& scene, SentenceModel const& model, std::vector<Draft>& drafts) {
    SentenceJudge judge{model, scene, drafts};
    keep_if(drafts, [&](Draft const& draft) {
        bool const in_countries = std::all_of(draft.places.begin(), draft.places.end(), [&](std::size_t i) {
            return fineness(scene.places()[i]) == 0;
        });
        if (draft.places.empty() || !in_countries) {
            return true;
        }
        TriggerClass const& type = scene.lexicon().classes()[draft.type];
        if (type.rule == Rule::seize || type.name == "withdraw") {
            return false; // nobody takes a country in one event, and what is handed over is something else
        }
        if (draft.modality == Modality::planned || draft.modality == Modality::threatened) {
            return type.plover != "ASSAULT"; // «ستواصل غاراتها في سوريا»
        }
        // «خطفت مقاتلين دربتهم تركيا»: whose they are
        if (type.name == "abduct" && !is_said_to_be_in(scene, scene.places()[draft.places.front()])) {
            return false;
        }
        // «المعارك في سوريا» goes on for years; a raid is of a day, and so are counted dead.
        auto const counts = [](std::optional<Toll> const& toll) { return toll && toll->count.best > 0; };
        bool const has_dead = draft.plover == "ASSAULT" && (counts(draft.killed) || counts(draft.injured)) &&
                              draft.modality == Modality::occurred;
        bool const is_dated = draft.date_is_own && draft.sub_event_type != "Armed clash";
        // «احتجز خمسة في إيطاليا»: so are counted people who were arrested.
        constexpr std::int64_t several = 3;
        bool const has_captives =
            (type.name == "arrest" || type.name == "abduct") && draft.modality == Modality::occurred &&
            counts_people(scene, draft, several) && is_placed_in_countries(scene, draft);
        return draft.count.has_value() || has_captives || is_dated || has_dead ||
               is_surely_done(scene, judge, draft);
    });
}

} // namespace kharita::event
