#include "geoparse/recognise.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>
#include <string>

#include "geoparse/called_after.hpp"
#include "geoparse/coordination.hpp"
#include "geoparse/name_facts.hpp"
#include "geoparse/proposals.hpp"
#include "geoparse/setting.hpp"
#include "geoparse/signs.hpp"

namespace kharita::geoparse {

namespace {

using gazetteer::FeatureClass;
using gazetteer::MatchKind;
using text::code;

constexpr ClassSet country_or_governorate =
    static_cast<ClassSet>(class_bit(FeatureClass::country) | class_bit(FeatureClass::admin1));

bool is_written_small(std::string_view name) {
    bool const latin = !name.empty() && static_cast<unsigned char>(name.front()) < 0x80;
    return latin && std::none_of(name.begin(), name.end(),
                                 [](char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; });
}

/// «أبو حسين», «الشيخ حسن» may be a man as well as a village, «الفرقة السابعة» troops as well as their
/// barracks.
bool may_be_bearer(Context const& context, CueHit const& first) {
    Bearer const bearer = first.word->bearer;
    return bearer == Bearer::kunya || bearer == Bearer::title ||
           (bearer == Bearer::organisation && has_article(context.text.codes(first.tokens.begin)));
}

/// «جده سليمان»: his grandfather, and no Jeddah.
bool may_end_in_pronoun(Context const& context, Draft const& draft) {
    if (draft.tokens.size() > 1 || !context.text.source_text(draft.tokens.begin).ends_with("ه")) {
        return false;
    }
    return std::none_of(draft.candidates.begin(), draft.candidates.end(),
                        [](auto const& candidate) { return candidate.kind == MatchKind::exact; });
}

/// «سيطرت على التل» after «تل X» was named: that hill, and not the town of al-Tall.
bool is_anaphor(Context const& context, Draft const& draft) {
    std::string_view const name = name_codes(context, draft);
    CueHit const* const cue = context.cues.starting(draft.tokens.begin);
    if (draft.tokens.size() > 1 || !has_article(name) || cue == nullptr ||
        !(cue->word->type || cue->word->heads_name)) {
        return false;
    }
    for (std::size_t token = 0; token < draft.tokens.begin; ++token) {
        std::string_view const word = context.text.codes(token);
        bool const kind = word.ends_with(without_article(name)) && !is_definite(word) &&
                          word.size() <= without_article(name).size() + 1;
        if (kind && is_arabic_word(context.text, token + 1)) {
            return true;
        }
    }
    return false;
}

/// «للحج»: behind لل the article is likelier than a name that begins with ل, but for the best known
/// («للبنان»).
bool may_hide_article(Context const& context, Draft const& draft, NameFacts const& facts) {
    constexpr int best_known = 5;
    return draft.clitics.preposition == code(U'ل') && !draft.clitics.lam_article &&
           facts.prominence < best_known && name_codes(context, draft).starts_with(code(U'ل'));
}

double evidence_of_form(Context const& context, Draft const& draft, NameFacts const& facts) {
    double sum = 0;
    if (draft.clitics.proclitics() == 0 && draft.setting.link == Link::none && !draft.setting.type &&
        may_end_in_pronoun(context, draft)) {
        sum += context.weights[Feature::name_pronoun];
    }
    if (!draft.setting.type && is_anaphor(context, draft)) {
        sum += context.weights[Feature::name_anaphor];
    }
    if (may_hide_article(context, draft, facts)) {
        sum += context.weights[Feature::name_hidden_article];
    }
    return sum;
}

double evidence_of_name(Context const& context, Draft const& draft, NameFacts const& facts) {
    Weights const& weight = context.weights;
    double sum = 0;
    std::string_view const codes = name_codes(context, draft);
    if (auto const prior = facts.prior) {
        sum += std::log(*prior / (1 - *prior)) + weight[Feature::name_prominence] / 2 * facts.prominence;
    } else {
        sum += weight[Feature::name_bias] + weight[Feature::name_prominence] * facts.prominence;
        if (draft.tokens.size() > 1) {
            sum += weight[Feature::name_words];
        } else if (without_article(codes).size() <= 4 && facts.prominence <= 1) {
            sum += weight[Feature::name_short];
        }
        if ((facts.classes & country_or_governorate) != 0) {
            sum += weight[Feature::name_country];
        }
    }
    bool const one_word = draft.tokens.size() == 1;
    if (facts.best == MatchKind::article) {
        sum +=
            weight[one_word && !has_article(codes) ? Feature::name_article_dropped : Feature::name_article];
    } else if (facts.best == MatchKind::joined) {
        sum += weight[Feature::name_joined];
    }
    CueHit const* const first = context.cues.starting(draft.tokens.begin);
    if (!one_word && first != nullptr && may_be_bearer(context, *first)) {
        sum += weight[Feature::name_kunya];
    }
    char const preposition = draft.clitics.preposition;
    bool const fa = draft.clitics.conjunction && context.text.codes(draft.tokens.begin).front() == code(U'ف');
    if (preposition == code(U'ك') || preposition == code(U'س') || fa) {
        sum += weight[Feature::name_rare_clitic];
    }
    if (is_short_rest(context, draft, facts)) {
        sum += weight[Feature::name_short_rest];
    }
    sum += evidence_of_form(context, draft, facts);
    if (is_written_small(draft.span.of(context.text.source()))) {
        sum += weight[Feature::name_lower_case];
    }
    return sum;
}

/// «قاعدة حديثة» is a new base, though a town may give a base its name.
bool type_agrees(Context const& context, Setting const& setting, NameFacts const& facts) {
    constexpr double adjective = 0.002;
    constexpr double rarely_a_place = 0.1;
    // «مقر الثورة العربية»: the word goes on.
    std::string_view const next = context.text.codes(setting.phrase.end);
    bool const goes_on = has_article(next) && context.cues.starting(setting.phrase.end) == nullptr;
    bool const describes = facts.prior.value_or(1) <= (goes_on ? rarely_a_place : adjective) &&
                           !setting.quoted && setting.type->likeliest == FeatureClass::facility;
    ClassSet const classes = describes ? class_bit(setting.type->likeliest) : setting.type->classes;
    return (classes & facts.classes) != 0;
}

/// «#درعا»: a hashtag of nothing but the name.
bool is_tag(Context const& context, Draft const& draft) {
    std::size_t const first = draft.tokens.begin;
    return first > 0 && sign_at(context.text, first - 1) == '#' &&
           sign_at(context.text, draft.tokens.end) != '_';
}

double evidence_of_setting(Context const& context, Draft const& draft, NameFacts const& facts) {
    Weights const& weight = context.weights;
    Setting const& setting = draft.setting;
    double sum = 0;
    if (setting.bearer == Bearer::organisation || setting.bearer == Bearer::fixed_phrase) {
        sum += weight[Feature::name_organisation];
    } else if (setting.bearer != Bearer::none) {
        sum += weight[Feature::name_person];
    }
    if (setting.after_person) {
        sum += weight[Feature::name_after_person];
    }
    if (setting.type) {
        sum += weight[type_agrees(context, setting, facts) ? Feature::name_type_agrees
                                                           : Feature::name_type_other];
    }
    if (setting.link == Link::in) {
        sum += weight[Feature::name_link_in];
    } else if (setting.link != Link::none) {
        sum += weight[Feature::name_link_other];
    }
    // «الحراك الجنوبي»: any noun may take the adjective.
    bool const sided = setting.attribute && (!facts.prior || setting.type);
    if (setting.nearness != Nearness::none || setting.compass || sided || setting.heading) {
        sum += weight[Feature::name_relative];
    }
    if (is_tag(context, draft)) {
        sum += weight[Feature::name_tag];
    }
    if (setting.role || setting.belongs) {
        sum += weight[Feature::name_role];
    }
    if (setting.governed) {
        sum += weight[Feature::name_governed];
    }
    std::size_t const first = setting.phrase.begin;
    CueHit const* const before = first == 0 ? nullptr : context.cues.ending(first - 1);
    // Of hardly known names as many are people's: «قال هاموند», of words as many predicates: «كانت سلمية».
    if (before != nullptr && before->word->acts && !setting.conjunction && facts.prominence > 0 &&
        (!facts.prior || (facts.classes & country_or_governorate) != 0)) {
        sum += weight[Feature::name_after_verb];
    }
    if (scope_follows(context, setting.phrase)) {
        sum += weight[Feature::name_scope_after];
    }
    return sum;
}

bool share_candidate(Draft const& a, Draft const& b) {
    return std::any_of(a.candidates.begin(), a.candidates.end(), [&](gazetteer::Candidate const& each) {
        return std::any_of(b.candidates.begin(), b.candidates.end(),
                           [&](gazetteer::Candidate const& other) { return other.place == each.place; });
    });
}

/// «طريق الباب - الراعي» where the gazetteer knows a quarter «طريق الباب»: with two ends it is a road.
bool is_road_between(Context const& context, Proposal const& whole, std::vector<Proposal> const& proposals) {
    static std::string const road = text::fold_key("طريق");
    std::size_t const begin = whole.draft.tokens.begin;
    std::size_t const end = whole.draft.tokens.end;
    if (!context.text.codes(begin).ends_with(road) || end - begin < 2) {
        return false;
    }
    std::size_t const next = end < context.text.size() && sign_at(context.text, end) == '-' ? end + 1 : end;
    auto const begins_at = [&](std::size_t token) {
        return std::any_of(proposals.begin(), proposals.end(), [&](Proposal const& each) {
            bool const is_added = each.draft.clitics.conjunction; // «طريق X وY»: two quarters
            return each.draft.tokens.begin == token && !is_added;
        });
    };
    return begins_at(begin + 1) && begins_at(next);
}

/// «محافظة X» where X alone names the same place: the type word is no part of the name.
bool begins_with_type_word(Context const& context, Proposal const& whole,
                           std::vector<Proposal> const& proposals) {
    CueHit const* const hit = context.cues.starting(whole.draft.tokens.begin);
    // «المملكة العربية السعودية»: with the article it is the first word of the name.
    if (hit == nullptr || !hit->word->type || hit->tokens.end >= whole.draft.tokens.end ||
        hit->clitics.article || hit->clitics.lam_article) {
        return false;
    }
    return std::any_of(proposals.begin(), proposals.end(), [&](Proposal const& rest) {
        return rest.draft.tokens.begin == hit->tokens.end &&
               rest.draft.tokens.end == whole.draft.tokens.end && share_candidate(whole.draft, rest.draft);
    });
}

/// «جنوب دمشق» where the gazetteer knows a region of that name: the town stands there and what lies beside
/// it, as with any other town.
bool begins_with_compass(Context const& context, Proposal const& whole,
                         std::vector<Proposal> const& proposals) {
    CueHit const* const hit = context.cues.starting(whole.draft.tokens.begin);
    if (hit == nullptr || !hit->word->compass || hit->word->compass->form != Compass::Form::noun ||
        hit->tokens.end >= whole.draft.tokens.end || whole.facts.classes != class_bit(FeatureClass::region)) {
        return false;
    }
    return std::any_of(proposals.begin(), proposals.end(), [&](Proposal const& rest) {
        return rest.draft.tokens.begin == hit->tokens.end && rest.draft.tokens.end == whole.draft.tokens.end;
    });
}

/// «الباب شرقي» before «حلب»: the compass word belongs to what follows.
bool ends_in_compass(Context const& context, Proposal const& whole, std::vector<Proposal> const& proposals) {
    std::size_t const last = whole.draft.tokens.end - 1;
    CueHit const* const hit = context.cues.starting(last);
    if (whole.draft.tokens.size() < 2 || hit == nullptr || hit->tokens.size() != 1 || !hit->word->compass ||
        hit->word->compass->form == Compass::Form::attribute) {
        return false;
    }
    return std::any_of(proposals.begin(), proposals.end(),
                       [&](Proposal const& next) { return next.draft.tokens.begin == last + 1; });
}

/// «التل على المدينة» is not «تل علي»: the last word is a preposition.
bool ends_in_preposition(Context const& context, Draft const& draft) {
    std::size_t const last = draft.tokens.end - 1;
    CueHit const* const hit = context.cues.starting(last);
    return draft.tokens.size() > 1 && hit != nullptr && hit->tokens.size() == 1 && hit->clitics.length == 0 &&
           hit->word->link != Link::none && context.text.source_text(last).ends_with("ى");
}

/// «أحياء حلب», «قرى لبنان»: the quarters of a town, the villages of a country, not their names.
void read_as_possessive(Draft& draft, NameFacts const& facts) {
    Setting& setting = draft.setting;
    if (!setting.type || setting.type->number != TypeWord::Number::many) {
        return;
    }
    if ((facts.classes & setting.type->classes) != 0) {
        return;
    }
    constexpr auto wide = static_cast<ClassSet>(country_or_governorate | class_bit(FeatureClass::region));
    if (setting.type->likeliest == FeatureClass::neighbourhood) {
        setting.type.reset();
        setting.nearness = Nearness::centre;
    } else if ((facts.classes & wide) != 0) {
        setting.type.reset();
    }
}

/// A word that is a place's name only where the phrase ends after it: «وكسب تأييد», «والضمير العالمي» go on.
bool runs_on(Context const& context, Draft const& draft, NameFacts const& facts) {
    auto const& text = context.text;
    std::size_t const next = draft.setting.phrase.end;
    CueHit const* const cue = context.cues.starting(next);
    bool const noun = cue == nullptr || (cue->word->governs && !cue->word->type); // «تأييد»
    if (!facts.prior || draft.setting.type || next >= text.size() || sign_at(text, next) != 0 || !noun) {
        return false;
    }
    std::string_view const word = text.codes(next);
    if (word.front() == code(U'و') || context.table.is_plain_word(word)) {
        return false;
    }
    constexpr double rarely_a_place = 0.05;
    bool const relative = word.back() == code(U'ي') || (word.size() > 4 && word.back() == code(U'ه') &&
                                                        word[word.size() - 2] == code(U'ي'));
    return !has_article(word) ||
           (relative && *facts.prior <= rarely_a_place && has_article(name_codes(context, draft)));
}

/// A draft of the tokens, weighed by itself; nothing where it cannot be a name.
std::optional<Proposal> weighed(Context const& context, Draft draft) {
    Proposal proposal;
    proposal.facts = facts_of(context, draft);
    NameFacts const& facts = proposal.facts;
    if (is_misread(context, draft, facts)) {
        return std::nullopt;
    }
    draft.setting = read_setting(context, draft.tokens, draft.clitics);
    if (is_nationality(context, draft, facts)) {
        return std::nullopt;
    }
    constexpr double hopeless = -4; // no list lifts it over the threshold
    read_as_possessive(draft, facts);
    proposal.own = evidence_of_name(context, draft, facts) + evidence_of_setting(context, draft, facts);
    proposal.called_after = proposal.own > hopeless && is_called_after_place(context, draft, facts);
    proposal.runs_on = runs_on(context, draft, facts);
    if (proposal.runs_on && draft.setting.role && !has_article(name_codes(context, draft))) {
        proposal.own -= context.weights[Feature::name_role]; // «نحو كسب تأييد» heads for no place
    }
    proposal.draft = std::move(draft);
    return proposal;
}

/// Drops what is called after a place, and that name in quotation marks elsewhere («الطائف»).
void drop_called_after(Context const& context, std::vector<Proposal>& proposals) {
    std::vector<std::string> names;
    for (Proposal const& proposal : proposals) {
        if (proposal.called_after) {
            names.emplace_back(name_codes(context, proposal.draft));
        }
    }
    std::erase_if(proposals, [&](Proposal const& proposal) {
        return proposal.called_after ||
               (!names.empty() && is_quoted_alone(context, proposal.draft) &&
                std::ranges::find(names, name_codes(context, proposal.draft)) != names.end());
    });
}

/// The name without its last word, if the gazetteer knows that too.
std::optional<Proposal> without_last_word(Context const& context, Draft draft) {
    --draft.tokens.end;
    auto const tokens = context.text.tokens();
    draft.span = context.text.source_span(tokens[draft.tokens.begin].begin + draft.clitics.proclitics(),
                                          tokens[draft.tokens.end - 1].end);
    draft.candidates = context.gazetteer.named(draft.span.of(context.text.source()));
    return draft.candidates.empty() ? std::nullopt : weighed(context, std::move(draft));
}

std::vector<Proposal> propose(Context const& context, std::vector<bool> const& furniture) {
    std::vector<Proposal> proposals;
    for (gazetteer::NameMatch& match : context.gazetteer.match(context.text)) {
        if (furniture[match.tokens.begin] || match.candidates.empty()) {
            continue;
        }
        Draft draft;
        draft.tokens = match.tokens;
        draft.clitics = match.clitics;
        draft.span = match.span;
        draft.candidates = std::move(match.candidates);
        if (auto proposal = weighed(context, std::move(draft))) {
            proposals.push_back(std::move(*proposal));
        }
    }
    drop_called_after(context, proposals);
    for (std::size_t token = 0; token < context.text.size(); ++token) {
        auto draft = furniture[token] ? std::nullopt : name_behind_or(context, token);
        if (auto proposal = draft ? weighed(context, std::move(*draft)) : std::nullopt) {
            proposals.push_back(std::move(*proposal));
        }
    }
    for (Draft& draft : names_with_shared_head(context, furniture)) {
        // The name with its type word is the longer one of the two.
        std::erase_if(proposals, [&](Proposal const& other) {
            return other.draft.tokens.begin == draft.tokens.begin &&
                   other.draft.tokens.end <= draft.tokens.end;
        });
        if (auto proposal = weighed(context, std::move(draft))) {
            proposals.push_back(std::move(*proposal));
        }
    }
    std::stable_sort(proposals.begin(), proposals.end(), [](Proposal const& a, Proposal const& b) {
        return a.draft.tokens.begin < b.draft.tokens.begin;
    });
    std::vector<Proposal> kept;
    for (Proposal const& proposal : proposals) {
        if (begins_with_type_word(context, proposal, proposals) ||
            is_road_between(context, proposal, proposals) ||
            begins_with_compass(context, proposal, proposals)) {
            continue;
        }
        if (!ends_in_compass(context, proposal, proposals) && !ends_in_preposition(context, proposal.draft)) {
            kept.push_back(proposal);
        } else if (auto shorter = without_last_word(context, proposal.draft)) {
            kept.push_back(std::move(*shorter));
        }
    }
    return kept;
}

/// «وقاح» beside «أطمة», where both Waqqah and Qah are known: nothing else joins the two.
bool joins_neighbour(std::vector<Proposal> const& proposals, Proposal const& self) {
    Draft const& draft = self.draft;
    return draft.clitics.conjunction &&
           std::any_of(proposals.begin(), proposals.end(), [&](Proposal const& other) {
               return other.accepted && other.draft.setting.phrase.end == draft.tokens.begin;
           });
}

/// Longest first, then what strips least, then what evidence supports most.
bool outranks(Proposal const& a, Proposal const& b) {
    if (a.draft.tokens.size() != b.draft.tokens.size()) {
        return a.draft.tokens.size() > b.draft.tokens.size();
    }
    if (a.draft.clitics.length != b.draft.clitics.length) {
        return a.draft.clitics.length < b.draft.clitics.length;
    }
    return a.draft.evidence > b.draft.evidence;
}

std::vector<Draft> without_overlaps(std::vector<Proposal> const& proposals, std::size_t tokens) {
    std::vector<Proposal const*> accepted;
    for (Proposal const& proposal : proposals) {
        if (proposal.accepted) {
            accepted.push_back(&proposal);
        }
    }
    std::erase_if(accepted, [&](Proposal const* whole) {
        return whole->draft.clitics.length == 0 &&
               std::any_of(proposals.begin(), proposals.end(), [&](Proposal const& other) {
                   return other.accepted && other.draft.tokens.begin == whole->draft.tokens.begin &&
                          other.draft.tokens.end == whole->draft.tokens.end &&
                          joins_neighbour(proposals, other);
               });
    });
    std::stable_sort(accepted.begin(), accepted.end(),
                     [](Proposal const* a, Proposal const* b) { return outranks(*a, *b); });
    std::vector<bool> taken(tokens);
    std::vector<Draft> drafts;
    for (Proposal const* proposal : accepted) {
        auto const range = proposal->draft.tokens;
        bool free = true;
        for (std::size_t token = range.begin; token < range.end; ++token) {
            free = free && !taken[token];
        }
        if (free) {
            for (std::size_t token = range.begin; token < range.end; ++token) {
                taken[token] = true;
            }
            drafts.push_back(proposal->draft);
        }
    }
    std::sort(drafts.begin(), drafts.end(),
              [](Draft const& a, Draft const& b) { return a.tokens.begin < b.tokens.begin; });
    return drafts;
}

} // namespace

std::vector<Draft> recognise(Context const& context) {
    std::vector<bool> const furniture = find_furniture(context);
    std::vector<Proposal> proposals = propose(context, furniture);
    accept_by_neighbours(context, proposals);
    std::vector<Draft> drafts = without_overlaps(proposals, context.text.size());
    extend_by_tails(context, drafts);
    add_unknown_names(context, furniture, drafts);
    add_epithets(context, furniture, drafts);
    return drafts;
}

} // namespace kharita::geoparse
