#include "geoparse/geoparser.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "geoparse/coordination.hpp"
#include "geoparse/cues.hpp"
#include "geoparse/draft.hpp"
#include "geoparse/happenings.hpp"
#include "geoparse/precision.hpp"
#include "geoparse/recognise.hpp"
#include "geoparse/resolve.hpp"
#include "geoparse/roles.hpp"
#include "geoparse/scope.hpp"
#include "geoparse/senses.hpp"
#include "geoparse/weights.hpp"
#include "text/numbers.hpp"

namespace kharita::geoparse {

struct Geoparser::State {
    gazetteer::Gazetteer const& gazetteer;
    CueTable cues;
    Weights weights;
    Senses senses;
    text::NumberWords numbers;
};

namespace {

std::string mention_id(std::size_t index) {
    return fmt::format("m{}", index + 1);
}

/// A stated scope is reported as stated; an inherited one only where the place does lie in it.
bool scope_holds(Context const& context, Draft const& draft, Draft const& scope) {
    if (draft.bond == Bond::stated) {
        return true;
    }
    return draft.place != gazetteer::no_place && scope.place != gazetteer::no_place &&
           draft.place != scope.place && context.gazetteer.is_within(draft.place, scope.place);
}

Toponym toponym_of(Context const& context, std::vector<Draft> const& drafts, std::size_t index) {
    Draft const& draft = drafts[index];
    Toponym toponym;
    toponym.tokens = draft.tokens;
    toponym.place = draft.place;
    toponym.list = draft.list;
    Setting const& setting = draft.setting;
    bool const aside = setting.role == Role::other; // «الحرب في X» is no event in X
    toponym.is_located =
        !aside && (setting.link == Link::in || setting.link == Link::on || setting.type.has_value() ||
                   setting.compass.has_value() || setting.nearness != Nearness::none);
    toponym.is_introduced = !aside && (setting.link == Link::in || setting.link == Link::on ||
                                       setting.compass.has_value() || setting.nearness != Nearness::none);
    std::size_t const phrase = setting.phrase.begin;
    CueHit const* const before = phrase == 0 ? nullptr : context.cues.ending(phrase - 1);
    toponym.follows_border = before != nullptr && before->word->border;
    toponym.is_told_of = draft.told_of;
    toponym.is_aside = setting.aside_of_country && aside;
    toponym.binds = draft.binds || setting.heading;
    Mention& mention = toponym.mention;
    mention.id = mention_id(index);
    mention.span = draft.span;
    mention.role = draft.role;
    mention.why = draft.why;
    if (draft.setting.absurd_distance) {
        mention.why += "; the stated distance is beyond reason, and left out";
    }
    mention.alternatives = draft.alternatives;
    if (draft.scope && scope_holds(context, draft, drafts[*draft.scope])) {
        mention.scope = mention_id(*draft.scope);
    }
    if (draft.place != gazetteer::no_place) {
        mention.place = context.gazetteer.place(draft.place);
        mention.confidence = draft.confidence;
        locate(context, draft, draft.scope ? &drafts[*draft.scope] : nullptr, mention);
    }
    return toponym;
}

/// «المعارضة في سوريا» tells nothing of Syria, «المعارضة في ريف حماة» where it is.
void keep_asides_of_countries(Context const& context, std::vector<Draft>& drafts) {
    for (Draft& draft : drafts) {
        bool const country =
            std::any_of(draft.candidates.begin(), draft.candidates.end(), [&](auto const& candidate) {
                return context.gazetteer.feature_class_of(candidate.place) ==
                       gazetteer::FeatureClass::country;
            });
        if (draft.setting.aside_of_country && !country) {
            draft.setting.role.reset();
            draft.setting.governed = draft.setting.government_in;
            draft.setting.link = Link::in;
        }
    }
}

bool is_stretch(std::optional<Relation> const& relation) {
    return relation && (relation->kind == Relation::Kind::between || relation->kind == Relation::Kind::road);
}

/// «بين X وY» and «طريق X - Y» name the stretch between two places.
void relate_pairs(std::vector<Toponym>& toponyms) {
    for (std::size_t i = 1; i < toponyms.size(); ++i) {
        bool const pair = toponyms[i - 1].list == toponyms[i].list &&
                          (i < 2 || toponyms[i - 2].list != toponyms[i].list) &&
                          (i + 1 == toponyms.size() || toponyms[i + 1].list != toponyms[i].list);
        if (pair && is_stretch(toponyms[i - 1].mention.relation) &&
            is_stretch(toponyms[i].mention.relation)) {
            relate_ends(toponyms[i - 1].mention, toponyms[i].mention);
        }
    }
    for (Toponym& toponym : toponyms) {
        unrelate_single_end(toponym.mention);
    }
}

} // namespace

Geoparser::Geoparser(std::unique_ptr<State const> state) : m_state{std::move(state)} {}
Geoparser::Geoparser(Geoparser&&) noexcept = default;
Geoparser& Geoparser::operator=(Geoparser&&) noexcept = default;
Geoparser::~Geoparser() = default;

Geoparser Geoparser::load(std::filesystem::path const& data_dir, gazetteer::Gazetteer const& gazetteer) {
    return Geoparser{std::make_unique<State const>(
        State{gazetteer, CueTable::load(data_dir / "gazetteer/vocabulary/geoparse"),
              Weights::load(data_dir / "schemas/geoparse/weights.tsv"),
              Senses::load(data_dir / "schemas/geoparse/senses.tsv"),
              text::NumberWords::load(data_dir / "gazetteer/vocabulary")})};
}

std::vector<Toponym> Geoparser::parse(text::TokenizedText const& text) const {
    CueMap const cues{m_state->cues, text};
    Context const context{
        text, m_state->gazetteer, m_state->cues, cues, m_state->weights, m_state->senses, m_state->numbers};
    std::vector<Draft> drafts = recognise(context);
    keep_asides_of_countries(context, drafts);
    form_lists(context, drafts);
    drop_false_between(context, drafts);
    bind_scopes(context, drafts);
    resolve(context, drafts);
    assign_roles(context, drafts);
    find_happenings(context, drafts);
    std::vector<Toponym> toponyms;
    toponyms.reserve(drafts.size());
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        toponyms.push_back(toponym_of(context, drafts, i));
    }
    relate_pairs(toponyms);
    return toponyms;
}

} // namespace kharita::geoparse
