#include "event/event_coder.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "event/dateline.hpp"
#include "event/draft.hpp"
#include "event/drafting.hpp"
#include "event/ids.hpp"
#include "event/merge.hpp"
#include "event/people.hpp"
#include "event/sentence_model.hpp"
#include "event/zones.hpp"

namespace kharita::event {

struct EventCoder::State {
    Lexicon lexicon;
    text::DateVocabulary dates;
    SentenceModel sentences;
};

EventCoder::EventCoder(std::unique_ptr<State const> state) : m_state{std::move(state)} {}
EventCoder::EventCoder(EventCoder&&) noexcept = default;
EventCoder& EventCoder::operator=(EventCoder&&) noexcept = default;
EventCoder::~EventCoder() = default;

EventCoder EventCoder::load(std::filesystem::path const& data_dir) {
    return EventCoder{std::make_unique<State const>(
        State{Lexicon::load(data_dir), text::DateVocabulary::load(data_dir / "gazetteer" / "vocabulary"),
              SentenceModel::load(data_dir / "schemas" / "event")})};
}

namespace {

Event event_of(Scene const& scene, Draft const& draft, Happening const& happening) {
    Event event;
    event.trigger = draft.span;
    std::optional<Span> mention_span;
    if (happening.place) {
        Mention const& mention = scene.places()[*happening.place].mention;
        event.mention = mention.id;
        mention_span = mention.span;
    }
    event.id = event_id(scene.report().doc_id, draft.span, mention_span, 0);
    event.date = draft.date;
    event.date_end = draft.date_end;
    event.time_precision = draft.date ? draft.time_precision : 0;
    event.date_why = draft.date_why;
    event.event_type = scene.lexicon().ontology().event_type_of(draft.sub_event_type);
    event.sub_event_type = draft.sub_event_type;
    event.plover = draft.plover;
    event.plover_mode = draft.plover_mode;
    if (draft.plover.empty()) { // a type that its trigger does not name in PLOVER
        Ontology::Plover const known = scene.lexicon().ontology().plover_of(draft.sub_event_type);
        event.plover = known.event;
        event.plover_mode = known.mode;
    }
    event.modality = draft.modality;
    event.initiator = draft.initiator;
    event.target = draft.target;
    event.weapon = draft.weapon;
    event.count = draft.count;
    event.claimed_by = draft.claimed_by;
    event.control_change = draft.control_change;
    event.confidence = draft.confidence;
    event.why = draft.why;
    return event;
}

/// Adds assaults and protests of a text that places none: without any place known, what a sentence surely
/// tells is still an event, of unknown place. Where one of its kind has a place, a telling without may be of
/// that one, and adds nothing.
void add_placeless(Scene const& scene, SentenceModel const& model, std::vector<Draft>& drafts,
                   std::vector<Happening>& happenings) {
    constexpr double surely_told = 0.6;
    SentenceJudge judge{model, scene, drafts};
    for (auto const& [plover, telling] :
         {std::pair{std::string_view{"ASSAULT"}, Telling::assault}, {"PROTEST", Telling::protest}}) {
        if (std::any_of(happenings.begin(), happenings.end(),
                        [&](Happening const& each) { return drafts[each.draft].plover == plover; })) {
            continue;
        }
        for (std::size_t i = 0; i < drafts.size(); ++i) {
            Draft& draft = drafts[i];
            bool const is_of_things = draft.sub_event_type == "Looting/property destruction";
            if (draft.plover != plover || !draft.places.empty() || is_of_things ||
                draft.modality == Modality::planned || draft.modality == Modality::threatened) {
                continue;
            }
            double const sure = judge.probability(telling, scene.clauses()[draft.clause].sentence);
            if (sure >= surely_told) {
                draft.note("its place is unknown", sure);
                happenings.push_back({i, std::nullopt});
                break;
            }
        }
    }
}

/// Adds a suicide bombing of a day, or with its dead, that a text places nowhere and tells no bombing beside:
/// few are so well known as that.
void add_placeless_bombing(Scene const& scene, SentenceModel const& model, std::vector<Draft>& drafts,
                           std::vector<Happening>& happenings) {
    constexpr double surely_told = 0.7;
    bool const is_known = std::any_of(happenings.begin(), happenings.end(), [&](Happening const& each) {
        return drafts[each.draft].sub_event_type == "Suicide bomb" ||
               drafts[each.draft].sub_event_type == "Remote explosive/landmine/IED";
    });
    if (is_known) {
        return;
    }
    SentenceJudge judge{model, scene, drafts};
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        Draft& draft = drafts[i];
        bool const is_certain = draft.date_is_own || (draft.killed && draft.killed->count.best > 0);
        if (draft.sub_event_type != "Suicide bomb" || draft.modality != Modality::occurred || !is_certain ||
            !draft.places.empty()) {
            continue;
        }
        double const sure = judge.probability(Telling::assault, scene.clauses()[draft.clause].sentence);
        if (sure >= surely_told) {
            draft.note("its place is unknown", sure);
            happenings.push_back({i, std::nullopt});
            return;
        }
    }
}

/// Adds arrests, abductions and executions of counted people that a text places nowhere, one of each kind
/// that it tells at no place.
void add_placeless_captives(Scene const& scene, std::vector<Draft>& drafts,
                            std::vector<Happening>& happenings) {
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        Draft& draft = drafts[i];
        std::string const& type = scene.lexicon().classes()[draft.type].name;
        bool const is_of_people = type == "arrest" || type == "abduct" || type == "execute";
        bool const is_known = std::any_of(happenings.begin(), happenings.end(), [&](Happening const& each) {
            return drafts[each.draft].sub_event_type == draft.sub_event_type;
        });
        if (is_of_people && !is_known && draft.places.empty() && draft.modality == Modality::occurred &&
            counts_people(scene, draft)) {
            draft.note("its place is unknown", 0.7);
            happenings.push_back({i, std::nullopt});
        }
    }
}

/// Turns what is kept into events and groups. A toll that several places share stands on the group.
void assemble(Scene const& scene, std::vector<Draft> const& drafts, std::vector<Happening> happenings,
              Coding& coding) {
    std::stable_sort(happenings.begin(), happenings.end(),
                     [](Happening const& a, Happening const& b) { return a.draft < b.draft; });
    std::optional<std::size_t> open;
    for (Happening const& happening : happenings) {
        Draft const& draft = drafts[happening.draft];
        bool const is_shared = draft.places.size() > 1;
        if (open != happening.draft) {
            EventGroup group{fmt::format("c{}", coding.groups.size() + 1), {}, {}};
            if (is_shared) {
                group.killed = draft.killed;
                group.injured = draft.injured;
            }
            coding.groups.push_back(std::move(group));
            open = happening.draft;
        }
        Event event = event_of(scene, draft, happening);
        event.group = coding.groups.back().id;
        if (!is_shared) {
            event.killed = draft.killed;
            event.injured = draft.injured;
        }
        coding.events.push_back(std::move(event));
    }
}

/// Marks the mentions at which something happened: those of the events, and those at which the same was told
/// again. `told` are the places of all tellings, before they were merged.
void mark_event_places(std::vector<std::size_t> const& told, std::vector<Happening> const& happenings,
                       std::vector<geoparse::Toponym>& places) {
    std::set<gazetteer::PlaceIndex> happened_at;
    for (Happening const& happening : happenings) {
        if (happening.place) {
            Role& role = places[*happening.place].mention.role;
            role = role == Role::heading ? role : Role::event; // «أرتال باتجاه X»: not there yet
            happened_at.insert(places[*happening.place].place);
        }
    }
    happened_at.erase(gazetteer::no_place);
    for (std::size_t const place : told) {
        if (places[place].mention.role == Role::other && happened_at.contains(places[place].place)) {
            places[place].mention.role = Role::event;
        }
    }
}

} // namespace

Coding EventCoder::code(text::TokenizedText const& text, Report const& report,
                        std::vector<geoparse::Toponym>& places) const {
    if (!report.published) {
        if (auto const written = dateline_of(text, m_state->dates)) {
            Report dated = report;
            dated.published = written;
            return code(text, dated, places);
        }
    }
    Scene const scene{m_state->lexicon, text, report, places, m_state->dates};
    std::vector<Draft> drafts = find_drafts(scene);
    find_modality(scene, drafts);
    find_places(scene, drafts);
    std::vector<TollMention> const tolls = find_tolls(scene);
    add_counted_places(scene, tolls, drafts);
    find_event_dates(scene, drafts);
    drop_comments(scene, m_state->sentences, drafts);
    drop_untold(scene, m_state->sentences, drafts);
    find_actors(scene, drafts);
    for (Draft& draft : drafts) {
        if (draft.blame_denied) {
            draft.initiator.clear();
        }
    }
    settle_territory(scene, drafts);
    find_casualties(scene, tolls, drafts);
    name_victims(scene, drafts);
    drop_country_talk(scene, m_state->sentences, drafts);
    std::vector<std::size_t> told;
    for (Draft const& draft : drafts) {
        told.insert(told.end(), draft.places.begin(), draft.places.end());
    }
    Coding coding;
    std::vector<Happening> happenings = merge_tellings(scene, drafts);
    add_placeless(scene, m_state->sentences, drafts, happenings);
    add_placeless_bombing(scene, m_state->sentences, drafts, happenings);
    add_placeless_captives(scene, drafts, happenings);
    assemble(scene, drafts, happenings, coding);
    coding.zones = find_zones(scene);
    mark_event_places(told, happenings, places);
    coding.told = std::move(told);
    return coding;
}

SentenceJudgement EventCoder::judge(text::TokenizedText const& text, Report const& report,
                                    std::vector<geoparse::Toponym> const& places) const {
    Scene const scene{m_state->lexicon, text, report, places, m_state->dates};
    std::vector<Draft> drafts = find_drafts(scene);
    find_modality(scene, drafts);
    return SentenceJudge{m_state->sentences, scene, drafts}.judge({0, text.size()});
}

} // namespace kharita::event
