#include "extract/corrector.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/number.hpp"
#include "extract/forced_point.hpp"
#include "geoparse/precision.hpp"
#include "model/code_points.hpp"
#include "model/names.hpp"
#include "text/folded_text.hpp"

namespace kharita::extract {

namespace {

constexpr std::array<std::string_view, 15> fields{
    "date",   "date_end", "event_type", "sub_event_type", "modality", "initiator", "target",  "weapon",
    "killed", "injured",  "claimed_by", "control_change", "status",   "kind",      "depth_km"};

/// Ids of documents, events and zones are so long, and a mention's is a document's and a number.
constexpr std::size_t id_size = 32;

bool is_id(std::string_view text) {
    return text.size() == id_size && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

struct MentionKey {
    std::string_view document;
    std::size_t start = 0; ///< code points
};

std::optional<MentionKey> parse_mention_key(std::string_view target) {
    if (target.size() < id_size + 2 || target[id_size] != '@' || !is_id(target.substr(0, id_size))) {
        return std::nullopt;
    }
    auto const start = parse_number<std::size_t>(target.substr(id_size + 1));
    return start ? std::optional{MentionKey{target.substr(0, id_size), *start}} : std::nullopt;
}

std::string signature(Correction const& correction) {
    return fmt::format("corrected by {}: {}", correction.author, correction.reason);
}

/// An event or zone of which a field was edited.
template <typename Edited>
void sign(Correction const& correction, Edited& edited) {
    edited.confidence = 1;
    edited.why += (edited.why.empty() ? "" : "; ") + correction.field + " " + signature(correction);
}

template <typename Number>
Number number(std::string_view text) {
    auto const value = parse_number<Number>(text);
    if (!value || *value < Number{}) {
        fail<InputError>("its value is {:?}; expected a number", text);
    }
    return *value;
}

template <typename Enum>
Enum word(std::string_view text) {
    auto const value = parse_name<Enum>(text);
    if (!value) {
        fail<InputError>("its value is {:?}, which is no word of the schema", text);
    }
    return *value;
}

std::optional<Date> date(std::string_view text) {
    if (text.empty()) {
        return std::nullopt;
    }
    auto const day = parse_date(text);
    if (!day) {
        fail<InputError>("its value is {:?}; expected YYYY-MM-DD", text);
    }
    return day;
}

std::optional<Toll> toll(std::string_view text) {
    if (text.empty()) {
        return std::nullopt;
    }
    auto const people = number<std::int64_t>(text);
    return Toll{
        .count = {people, people, people}, .civilians = {}, .combatants = {}, .children = {}, .women = {}};
}

/// "actor id" or a name; several between "; ".
std::vector<ActorRef> actors(std::string_view text) {
    std::vector<ActorRef> all;
    while (!text.empty()) {
        std::size_t const end = std::min(text.find(';'), text.size());
        std::string_view name = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        name.remove_prefix(std::min(name.find_first_not_of(' '), name.size()));
        if (!name.empty()) {
            bool const is_name =
                name.find_first_of(" ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string_view::npos ||
                static_cast<unsigned char>(name.front()) >= 0x80U;
            all.push_back({is_name ? std::string{} : std::string{name}, std::string{name}, 1});
        }
    }
    return all;
}

void edit_event(Event& event, std::string_view field, std::string const& value) {
    if (field == "date") {
        event.date = date(value);
        event.date_end = event.date;
        event.time_precision = event.date ? 1 : 0;
    } else if (field == "date_end") {
        event.date_end = date(value);
    } else if (field == "event_type") {
        event.event_type = value;
    } else if (field == "sub_event_type") {
        event.sub_event_type = value;
    } else if (field == "modality") {
        event.modality = word<Modality>(value);
    } else if (field == "initiator") {
        event.initiator = actors(value);
    } else if (field == "target") {
        event.target = actors(value);
    } else if (field == "weapon") {
        event.weapon = value;
    } else if (field == "killed") {
        event.killed = toll(value);
    } else if (field == "injured") {
        event.injured = toll(value);
    } else if (field == "claimed_by") {
        event.claimed_by = value;
    } else if (field == "control_change") {
        event.control_change = value;
    } else {
        fail<InputError>("an event has no field {:?} that can be edited", field);
    }
}

void edit_zone(Zone& zone, std::string_view field, std::string const& value) {
    if (field == "status") {
        zone.status = word<ZoneStatus>(value);
    } else if (field == "kind") {
        zone.kind = word<ZoneKind>(value);
    } else if (field == "depth_km") {
        zone.depth_km = value.empty() ? std::nullopt : std::optional{number<double>(value)};
    } else if (field == "date") {
        zone.date = date(value);
    } else {
        fail<InputError>("a zone has no field {:?} that can be edited", field);
    }
}

} // namespace

std::string CorrectionOutcome::text() const {
    if (!problem.empty()) {
        return problem;
    }
    if (applied == 0) {
        return {};
    }
    return applied == 1 ? "applied" : fmt::format("applied {} times", applied);
}

struct Corrector::State {
    State(std::span<Correction const> all, gazetteer::Gazetteer const& places, gazetteer::Boundaries areas)
        : corrections{all.begin(), all.end()},
          outcomes(all.size()),
          gazetteer{places},
          outlines{std::move(areas)} {}

    void prepare(std::size_t index);
    void apply(std::size_t index, Document& document);
    bool correct_mentions(Correction const& correction, Document& document);
    bool correct_mention(Correction const& correction, Mention& mention) const;
    static bool edit(Correction const& correction, Document& document);
    static bool remove(Correction const& correction, Document& document);

    std::vector<Correction> corrections;
    std::vector<CorrectionOutcome> outcomes;
    gazetteer::Gazetteer const& gazetteer;
    gazetteer::Boundaries outlines;
    std::vector<std::size_t> of_any;                                       ///< about names, anywhere
    std::unordered_map<std::string_view, std::vector<std::size_t>> of_one; ///< by id of document, event, zone
    std::vector<std::string> names;                                        ///< folded targets of `of_any`
};

void Corrector::State::prepare(std::size_t index) {
    using enum Correction::Kind;
    Correction const& correction = corrections[index];
    std::string& problem = outcomes[index].problem;
    bool const needs_place = correction.kind == alias || (correction.kind == force_place && !correction.at);
    if (needs_place || (correction.kind == never_place && !correction.place.empty())) {
        if (!gazetteer.find(correction.place)) {
            problem = fmt::format("the gazetteer has no place {:?}", correction.place);
            return;
        }
    }
    auto const mention = parse_mention_key(correction.target);
    bool const is_about_place =
        correction.kind == alias || correction.kind == force_place || correction.kind == never_place;
    if (is_about_place && !mention && (correction.kind == alias || !is_id(correction.target))) {
        of_any.push_back(index);
        names[index] = text::fold_key(correction.target);
        return;
    }
    if (!mention && !is_id(correction.target)) {
        problem = fmt::format("{:?} is the id of no event, zone or mention", correction.target);
        return;
    }
    of_one[mention ? mention->document : std::string_view{correction.target}].push_back(index);
}

bool Corrector::State::correct_mention(Correction const& correction, Mention& mention) const {
    std::string const is_at = mention.place ? mention.place->id : std::string{};
    if (correction.kind == Correction::Kind::never_place) {
        if (correction.place.empty() ? !mention.at : is_at != correction.place) {
            return true; // as it should be: where the place is instead, nobody says
        }
        if (mention.place) {
            std::erase_if(mention.alternatives, [&](Alternative const& each) { return each.place == is_at; });
        }
        mention.place.reset();
        mention.at.reset();
        mention.uncertainty.reset();
        mention.area.reset();
        mention.relation.reset();
        mention.geo_precision = 0;
        mention.where_prec = 0;
    } else if (correction.at) {
        constexpr Metres by_hand{100};
        mention.place.reset();
        mention.area.reset();
        mention.relation.reset();
        mention.at = rounded(*correction.at);
        mention.uncertainty = by_hand;
        mention.geo_precision = 1;
        mention.where_prec = 1;
        mention.place = forced_point(*mention.at, by_hand, outlines, gazetteer);
        if (!mention.place) {
            mention.confidence = 1;
            mention.why = signature(correction) + "; in no admin unit whose outline is known";
            return true;
        }
    } else {
        gazetteer::PlaceIndex const index = *gazetteer.find(correction.place);
        if (is_at == gazetteer.place(index).id) {
            mention.confidence = 1; // what the text says of it besides, «قرب X», stands
            mention.why += (mention.why.empty() ? "" : "; ") + signature(correction);
            return true;
        }
        mention.place = gazetteer.place(index);
        mention.at = mention.place->at;
        mention.uncertainty = mention.place->uncertainty;
        mention.area.reset();
        mention.relation.reset();
        auto const precision = geoparse::precision_of(gazetteer.feature_class_of(index));
        mention.geo_precision = precision.acled;
        mention.where_prec = precision.ucdp;
    }
    mention.confidence = 1;
    mention.why = signature(correction);
    return true;
}

bool Corrector::State::correct_mentions(Correction const& correction, Document& document) {
    auto const index = static_cast<std::size_t>(&correction - corrections.data());
    if (!names[index].empty()) {
        bool any = false;
        for (Mention& mention : document.mentions) {
            if (text::fold_key(mention.span.of(document.report.text)) == names[index]) {
                any = correct_mention(correction, mention) || any;
            }
        }
        return any;
    }
    if (auto const key = parse_mention_key(correction.target)) {
        auto const start = CodePoints{document.report.text}.to_byte(key->start);
        for (Mention& mention : document.mentions) {
            if (start && mention.span.begin == *start) {
                return correct_mention(correction, mention);
            }
        }
        return false;
    }
    for (Event const& event : document.events) {
        if (event.id != correction.target) {
            continue;
        }
        for (Mention& mention : document.mentions) {
            if (event.mention == mention.id) {
                return correct_mention(correction, mention);
            }
        }
        fail<InputError>("the event is at no place that the text names");
    }
    return false;
}

bool Corrector::State::edit(Correction const& correction, Document& document) {
    for (Event& event : document.events) {
        if (event.id == correction.target) {
            edit_event(event, correction.field, correction.value);
            sign(correction, event);
            return true;
        }
    }
    for (Zone& zone : document.zones) {
        if (zone.id == correction.target) {
            edit_zone(zone, correction.field, correction.value);
            sign(correction, zone);
            return true;
        }
    }
    return false;
}

bool Corrector::State::remove(Correction const& correction, Document& document) {
    return std::erase_if(document.events, [&](Event const& each) { return each.id == correction.target; }) +
               std::erase_if(document.zones, [&](Zone const& each) { return each.id == correction.target; }) >
           0;
}

void Corrector::State::apply(std::size_t index, Document& document) {
    using enum Correction::Kind;
    Correction const& correction = corrections[index];
    try {
        bool applied = false;
        switch (correction.kind) {
        case alias:
        case force_place:
        case never_place:
            applied = correct_mentions(correction, document);
            break;
        case edit:
            applied = State::edit(correction, document);
            break;
        case remove:
            applied = State::remove(correction, document);
            break;
        case merge:
        case split:
            return;
        }
        outcomes[index].applied += applied ? 1U : 0U;
    } catch (InputError const& error) {
        outcomes[index].problem = error.what();
    }
}

Corrector::Corrector(std::span<Correction const> corrections, gazetteer::Gazetteer const& gazetteer,
                     gazetteer::Boundaries outlines)
    : m_state{std::make_unique<State>(corrections, gazetteer, std::move(outlines))} {
    m_state->names.resize(corrections.size());
    for (std::size_t i = 0; i < corrections.size(); ++i) {
        m_state->prepare(i);
    }
}

Corrector::Corrector(Corrector&&) noexcept = default;
Corrector& Corrector::operator=(Corrector&&) noexcept = default;
Corrector::~Corrector() = default;

bool Corrector::is_empty() const noexcept {
    return m_state->of_any.empty() && m_state->of_one.empty();
}

void Corrector::apply(Document& document) {
    std::vector<std::size_t> concerned = m_state->of_any;
    auto const add = [&](std::string_view id) {
        if (auto const found = m_state->of_one.find(id); found != m_state->of_one.end()) {
            concerned.insert(concerned.end(), found->second.begin(), found->second.end());
        }
    };
    add(document.report.doc_id);
    for (Event const& event : document.events) {
        add(event.id);
    }
    for (Zone const& zone : document.zones) {
        add(zone.id);
    }
    std::ranges::sort(concerned);
    for (std::size_t const index : concerned) {
        m_state->apply(index, document);
    }
}

std::vector<CorrectionOutcome> Corrector::outcomes() const {
    std::vector<CorrectionOutcome> all = m_state->outcomes;
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto const kind = m_state->corrections[i].kind;
        bool const is_of_one_document = kind != Correction::Kind::merge && kind != Correction::Kind::split;
        if (all[i].problem.empty() && all[i].applied == 0 && is_of_one_document) {
            all[i].problem = "applies to nothing any more: no report has its target";
        }
    }
    return all;
}

std::span<std::string_view const> editable_fields() noexcept {
    return fields;
}

} // namespace kharita::extract
