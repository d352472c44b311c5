#include "geoparse/recognise.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>
#include <string>
#include <unordered_map>

#include "geoparse/coordination.hpp"
#include "geoparse/setting.hpp"
#include "geoparse/signs.hpp"

namespace kharita::geoparse {

namespace {

using gazetteer::FeatureClass;
using gazetteer::MatchKind;
using text::code;

constexpr ClassSet country_or_governorate =
    static_cast<ClassSet>(class_bit(FeatureClass::country) | class_bit(FeatureClass::admin1));

/// What a match is by itself, before its neighbours are looked at.
struct Proposal {
    Draft draft;
    double own = 0; ///< evidence of the name and its setting
    bool accepted = false;
};

std::string_view name_codes(Context const& context, Draft const& draft) {
    auto const& codes = context.text.folded().codes;
    auto const tokens = context.text.tokens();
    std::size_t const begin = tokens[draft.tokens.begin].begin + draft.clitics.proclitics();
    return std::string_view{codes}.substr(begin, tokens[draft.tokens.end - 1].end - begin);
}

/// As name_codes(), with the article that «لل» swallows.
std::string dictionary_form(Context const& context, Draft const& draft) {
    std::string form{name_codes(context, draft)};
    if (draft.clitics.lam_article) {
        // «للثورة» leaves «لثورة», «للباب» «لباب», and three lams are written as two.
        std::size_t const article = draft.clitics.length - draft.clitics.proclitics();
        form.replace(0, article, text::fold_key("ال"));
    }
    return form;
}

struct NameFacts {
    int prominence = 0;
    ClassSet classes = 0;
    MatchKind best = MatchKind::fuzzy;
};

NameFacts facts_of(Context const& context, Draft const& draft) {
    NameFacts facts;
    for (gazetteer::Candidate const& candidate : draft.candidates) {
        facts.prominence = std::max(facts.prominence, context.gazetteer.place(candidate.place).prominence);
        facts.classes = static_cast<ClassSet>(facts.classes |
                                              class_bit(context.gazetteer.feature_class_of(candidate.place)));
        facts.best = std::min(facts.best, candidate.kind);
    }
    return facts;
}

/// The prior of a name that is also a word. Matched but for the article («السلوك» for سلوك), the name as the
/// gazetteer has it may be the listed one; the lower counts.
std::optional<double> prior_of(Context const& context, Draft const& draft, NameFacts const& facts) {
    std::string const form = dictionary_form(context, draft);
    auto prior = context.table.common_prior(form);
    if (facts.best == MatchKind::article) {
        static std::string const article = text::fold_key("ال");
        auto const other =
            context.table.common_prior(has_article(form) ? form.substr(article.size()) : article + form);
        prior = prior && other ? std::min(*prior, *other) : prior ? prior : other;
    }
    return prior;
}

bool is_written_small(std::string_view name) {
    bool const latin = !name.empty() && static_cast<unsigned char>(name.front()) < 0x80;
    return latin && std::none_of(name.begin(), name.end(),
                                 [](char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; });
}

double evidence_of_name(Context const& context, Draft const& draft, NameFacts const& facts) {
    Weights const& weight = context.weights;
    double sum = 0;
    std::string_view const codes = name_codes(context, draft);
    if (auto const prior = prior_of(context, draft, facts)) {
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
    if (!one_word && first != nullptr &&
        (first->word->bearer == Bearer::kunya || first->word->bearer == Bearer::title)) {
        sum += weight[Feature::name_kunya]; // «أبو حسين», «الشيخ حسن» may be a man as well as a village
    }
    char const preposition = draft.clitics.preposition;
    bool const fa = draft.clitics.conjunction && context.text.codes(draft.tokens.begin).front() == code(U'ف');
    if (preposition == code(U'ك') || preposition == code(U'س') || fa) {
        sum += weight[Feature::name_rare_clitic];
    }
    if (one_word && draft.clitics.proclitics() > 0 && codes.size() <= 3 && facts.prominence < 3) {
        sum += weight[Feature::name_short_rest];
    }
    if (is_written_small(draft.span.of(context.text.source()))) {
        sum += weight[Feature::name_lower_case];
    }
    return sum;
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
        sum += weight[(setting.type->classes & facts.classes) != 0 ? Feature::name_type_agrees
                                                                   : Feature::name_type_other];
    }
    if (setting.link == Link::in) {
        sum += weight[Feature::name_link_in];
    } else if (setting.link != Link::none) {
        sum += weight[Feature::name_link_other];
    }
    if (setting.nearness != Nearness::none || setting.compass || setting.attribute || setting.heading) {
        sum += weight[Feature::name_relative];
    }
    if (setting.role || setting.belongs) {
        sum += weight[Feature::name_role];
    }
    if (setting.governed) {
        sum += weight[Feature::name_governed];
    }
    std::size_t const first = setting.phrase.begin;
    CueHit const* const before = first == 0 ? nullptr : context.cues.ending(first - 1);
    if (before != nullptr && before->word->acts && !setting.conjunction) {
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

/// «محافظة X» where X alone names the same place: the type word is no part of the name.
bool begins_with_type_word(Context const& context, Proposal const& whole,
                           std::vector<Proposal> const& proposals) {
    CueHit const* const hit = context.cues.starting(whole.draft.tokens.begin);
    if (hit == nullptr || !hit->word->type || hit->tokens.end >= whole.draft.tokens.end) {
        return false;
    }
    return std::any_of(proposals.begin(), proposals.end(), [&](Proposal const& rest) {
        return rest.draft.tokens.begin == hit->tokens.end &&
               rest.draft.tokens.end == whole.draft.tokens.end && share_candidate(whole.draft, rest.draft);
    });
}

/// Ends as feminine words and plurals do.
bool is_feminine(std::string_view word) {
    constexpr std::size_t shortest = 4;
    return word.size() >= shortest &&
           (word.back() == code(U'ه') || (word.back() == code(U'ت') && word[word.size() - 2] == code(U'ا')));
}

/// «جنوب دمشق» where the gazetteer knows a region of that name: the town stands there and what lies beside
/// it, as with any other town.
bool begins_with_compass(Context const& context, Proposal const& whole,
                         std::vector<Proposal> const& proposals) {
    CueHit const* const hit = context.cues.starting(whole.draft.tokens.begin);
    if (hit == nullptr || !hit->word->compass || hit->word->compass->form != Compass::Form::noun ||
        hit->tokens.end >= whole.draft.tokens.end ||
        facts_of(context, whole.draft).classes != class_bit(FeatureClass::region)) {
        return false;
    }
    return std::any_of(proposals.begin(), proposals.end(), [&](Proposal const& rest) {
        return rest.draft.tokens.begin == hit->tokens.end && rest.draft.tokens.end == whole.draft.tokens.end;
    });
}

/// «السورية», «التركية»: an adjective that looks like a country's name with an article.
bool is_adjective(Context const& context, Draft const& draft) {
    std::string_view const codes = name_codes(context, draft);
    if (draft.tokens.size() > 1 || codes.size() < 4) {
        return false;
    }
    char const last = codes.back();
    char const before = codes[codes.size() - 2];
    // «بالريف الشرقي», «الجبهة الجنوبية», «العاصمة القطرية»: agrees with the definite noun before it.
    CueHit const* const side = context.cues.starting(draft.tokens.begin);
    // «الجنسية السعودية»: a country whose name is an adjective too.
    bool const after_feminine =
        draft.tokens.begin > 0 && is_feminine(context.text.codes(draft.tokens.begin - 1));
    bool const sided =
        side != nullptr && side->word->compass && side->word->compass->form == Compass::Form::attribute;
    bool const relative = last == code(U'ي') || (last == code(U'ه') && before == code(U'ي'));
    bool const minor = facts_of(context, draft).prominence <= 3;
    if ((sided || (relative && (minor || after_feminine))) && has_article(codes) &&
        draft.clitics.proclitics() == 0 && draft.tokens.begin > 0 &&
        is_definite(context.text.codes(draft.tokens.begin - 1))) {
        return true;
    }
    bool const ending =
        last == code(U'ي') || (before == code(U'ي') && (last == code(U'ه') || last == code(U'ا')));
    return ending && std::all_of(draft.candidates.begin(), draft.candidates.end(),
                                 [](gazetteer::Candidate const& candidate) {
                                     return candidate.kind == MatchKind::article;
                                 });
}

/// «عائلة سورية», «مواقع سورية معارضة»: a country's name that is an adjective here, agreeing with its noun.
bool is_nationality(Context const& context, Draft const& draft, NameFacts const& facts) {
    Setting const& setting = draft.setting;
    std::string_view const codes = name_codes(context, draft);
    bool const bare = setting.phrase.begin == draft.tokens.begin && draft.clitics.proclitics() == 0;
    bool const many = setting.type && setting.type->number == TypeWord::Number::many;
    bool const typed =
        setting.type && !setting.quoted && (many || (setting.type->classes & facts.classes) == 0);
    if ((facts.classes & class_bit(FeatureClass::country)) == 0 || draft.tokens.size() > 1 ||
        codes.size() < 4 || codes.back() != code(U'ه') || codes[codes.size() - 2] != code(U'ي') ||
        !(bare || typed)) {
        return false;
    }
    auto const feminine = [&](std::string_view word) { return is_feminine(word) && !has_article(word); };
    std::string_view const before =
        draft.tokens.begin == 0 ? std::string_view{} : context.text.codes(draft.tokens.begin - 1);
    std::string_view const after = context.text.codes(draft.tokens.end);
    bool const prefixed = !after.empty() && (after.front() == code(U'و') || after.front() == code(U'ب') ||
                                             after.front() == code(U'ل'));
    return typed || feminine(before) || (feminine(after) && !prefixed && !before.empty());
}

/// «مقتل 12 سوريا»: people of that country, counted.
bool is_counted(Context const& context, Draft const& draft, NameFacts const& facts) {
    auto const& text = context.text;
    std::string_view const codes = name_codes(context, draft);
    bool const accusative = codes.size() > 3 && codes.ends_with(text::fold_key("يا"));
    return accusative && draft.tokens.size() == 1 && draft.clitics.proclitics() == 0 &&
           draft.tokens.begin > 0 && (facts.classes & class_bit(FeatureClass::country)) != 0 &&
           text.tokens()[draft.tokens.begin - 1].kind == text::Token::Kind::number;
}

/// «سورياً»: names of places take no nunation.
bool has_nunation(std::string_view name) {
    return name.find("\u064B") != std::string_view::npos || name.find("\u064D") != std::string_view::npos;
}

/// «وزارة», «فتح»: the whole is a word of its own, so that nothing was put before a name.
bool is_whole_word(Context const& context, Draft const& draft) {
    if (draft.clitics.proclitics() == 0) {
        return false;
    }
    CueHit const* const hit = context.cues.starting(draft.tokens.begin);
    return context.table.is_plain_word(context.text.codes(draft.tokens.begin)) ||
           (hit != nullptr && hit->clitics.length == 0);
}

/// «على أنه» is not عليانة: words that stand for themselves are not run together.
bool joins_plain_words(Context const& context, Draft const& draft) {
    if (draft.tokens.size() < 2 || facts_of(context, draft).best != MatchKind::joined) {
        return false;
    }
    for (std::size_t token = draft.tokens.begin; token < draft.tokens.end; ++token) {
        CueHit const* const hit = context.cues.starting(token);
        if (context.table.is_plain_word(context.text.codes(token)) ||
            (hit != nullptr && hit->clitics.length == 0 && hit->word->link != Link::none)) {
            return true;
        }
    }
    return false;
}

/// «تل» of «تل X», where the gazetteer does not know the whole: the first word alone names nothing.
bool is_head_of_longer_name(Context const& context, Draft const& draft) {
    CueHit const* const hit = context.cues.starting(draft.tokens.begin);
    std::size_t const next = draft.tokens.end;
    return draft.tokens.size() == 1 && hit != nullptr && hit->word->heads_name && hit->tokens.size() == 1 &&
           !hit->clitics.article && sign_at(context.text, next) == 0 && next < context.text.size() &&
           context.cues.starting(next) == nullptr;
}

/// «#أمطار_حمص»: a hashtag that names a topic, as tags below an article do. «#ريف_حمص» and «#خان_شيخون» are
/// places.
bool in_topic_tag(Context const& context, text::TokenRange name) {
    auto const& text = context.text;
    auto const joined = [&](std::size_t token) { return sign_at(text, token) == '_'; };
    std::size_t begin = name.begin;
    while (begin >= 2 && joined(begin - 1)) {
        begin -= 2;
    }
    if (begin == 0 || sign_at(text, begin - 1) != '#') {
        return false;
    }
    std::size_t end = name.end;
    while (joined(end) && end + 1 < text.size()) {
        end += 2;
    }
    for (std::size_t token = begin; token < end; ++token) {
        CueHit const* const cue = context.cues.starting(token);
        bool const tells_where =
            cue != nullptr && (cue->word->type || cue->word->compass ||
                               cue->word->nearness != Nearness::none || cue->word->link == Link::in);
        if (!joined(token) && !name.contains(token) && !tells_where) {
            return true;
        }
    }
    return false;
}

/// «الحلوة» of «عين الحلوة», where the gazetteer does not know the whole: another place of another name.
bool ends_longer_name(Context const& context, Draft const& draft) {
    constexpr int well_known = 3; // «عرب الأنبار» are Arabs of al-Anbar
    if (draft.tokens.begin == 0 || draft.clitics.proclitics() > 0 ||
        facts_of(context, draft).prominence >= well_known) {
        return false;
    }
    CueHit const* const head = context.cues.starting(draft.tokens.begin - 1);
    return head != nullptr && head->word->heads_name && head->tokens.size() == 1 && !head->clitics.article &&
           !head->clitics.lam_article && !head->word->type && head->word->nearness == Nearness::none &&
           head->word->bearer == Bearer::none;
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

/// A draft of the tokens, weighed by itself; nothing where it cannot be a name.
std::optional<Proposal> weighed(Context const& context, Draft draft) {
    // «سمعان» is not عمان behind the future's س, which stands before verbs only.
    bool const future = draft.clitics.preposition == code(U'س');
    if (future || is_adjective(context, draft) || is_head_of_longer_name(context, draft) ||
        ends_longer_name(context, draft) || in_topic_tag(context, draft.tokens) ||
        is_whole_word(context, draft) || joins_plain_words(context, draft) ||
        has_nunation(draft.span.of(context.text.source()))) {
        return std::nullopt;
    }
    draft.setting = read_setting(context, draft.tokens, draft.clitics);
    NameFacts const facts = facts_of(context, draft);
    if (is_nationality(context, draft, facts) || is_counted(context, draft, facts)) {
        return std::nullopt;
    }
    read_as_possessive(draft, facts);
    Proposal proposal;
    proposal.own = evidence_of_name(context, draft, facts) + evidence_of_setting(context, draft, facts);
    proposal.draft = std::move(draft);
    return proposal;
}

/// The name without its last word, if the gazetteer knows that too.
std::optional<Proposal> without_last_word(Context const& context, Draft draft) {
    --draft.tokens.end;
    auto const tokens = context.text.tokens();
    draft.span = context.text.source_span(tokens[draft.tokens.begin].begin + draft.clitics.proclitics(),
                                          tokens[draft.tokens.end - 1].end);
    draft.candidates = context.gazetteer.lookup(draft.span.of(context.text.source()));
    std::erase_if(draft.candidates,
                  [](gazetteer::Candidate const& candidate) { return candidate.kind == MatchKind::fuzzy; });
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
    std::vector<Proposal> kept;
    for (Proposal const& proposal : proposals) {
        if (begins_with_type_word(context, proposal, proposals) ||
            begins_with_compass(context, proposal, proposals)) {
            continue;
        }
        if (!ends_in_compass(context, proposal, proposals)) {
            kept.push_back(proposal);
        } else if (auto shorter = without_last_word(context, proposal.draft)) {
            kept.push_back(std::move(*shorter));
        }
    }
    return kept;
}

/// A word that is a place's name only where the phrase ends after it: «وكسب تأييد» goes on.
bool runs_on(Context const& context, Draft const& draft) {
    auto const& text = context.text;
    std::size_t const next = draft.setting.phrase.end;
    if (!context.table.common_prior(dictionary_form(context, draft)) || draft.setting.type ||
        next >= text.size() || sign_at(text, next) != 0 || context.cues.starting(next) != nullptr) {
        return false;
    }
    std::string_view const word = text.codes(next);
    return word.front() != code(U'و') && !has_article(word) && !context.table.is_plain_word(word);
}

/// What a list says for one more name in it.
double evidence_of_list(Context const& context, Proposal const& member, Proposal const& self) {
    Weights const& weight = context.weights;
    // «قرى A وB»: the head of the list says what all of them are.
    auto const& type = member.draft.setting.type;
    bool const shared = type && type->number != TypeWord::Number::one && !self.draft.setting.type &&
                        (type->classes & facts_of(context, self.draft).classes) != 0;
    return weight[Feature::name_in_list] + (shared ? weight[Feature::name_list_type] : 0);
}

/// Evidence of the accepted proposals within reach that are coordinated with this one.
double evidence_of_lists(Context const& context, std::vector<Proposal> const& proposals, std::size_t index) {
    Proposal const& self = proposals[index];
    constexpr std::size_t reach = 8; // proposals overlap, so the neighbour may be some places away
    std::size_t const from = index < reach ? 0 : index - reach;
    std::size_t const to = std::min(proposals.size(), index + reach + 1);
    double most = 0;
    for (std::size_t i = from; i < to; ++i) {
        Proposal const& other = proposals[i];
        if (i == index || !other.accepted) {
            continue;
        }
        bool const before = other.draft.tokens.end <= self.draft.tokens.begin;
        bool const after = self.draft.tokens.end <= other.draft.tokens.begin;
        if (before && coordinates(context, other.draft.setting, self.draft.setting)) {
            most = std::max(most, evidence_of_list(context, other, self));
        } else if (after && coordinates(context, self.draft.setting, other.draft.setting)) {
            most = std::max(most, context.weights[Feature::name_in_list]);
        }
    }
    return most;
}

void weigh(Context const& context, std::vector<Proposal>& proposals) {
    Weights const& weight = context.weights;
    double const threshold = weight[Feature::name_threshold];
    for (Proposal& proposal : proposals) {
        proposal.draft.evidence = proposal.own;
        proposal.accepted = proposal.own >= threshold;
    }
    constexpr int rounds = 3; // a list carries evidence from its sure members to the doubtful ones
    for (int round = 0; round < rounds; ++round) {
        std::unordered_map<std::string_view, double> best;
        for (Proposal const& proposal : proposals) {
            auto& value = best.try_emplace(name_codes(context, proposal.draft), -1e9).first->second;
            value = std::max(value, proposal.draft.evidence);
        }
        for (std::size_t i = 0; i < proposals.size(); ++i) {
            Proposal& proposal = proposals[i];
            double evidence = proposal.own;
            if (!runs_on(context, proposal.draft)) {
                evidence += evidence_of_lists(context, proposals, i);
            }
            double const elsewhere = best[name_codes(context, proposal.draft)];
            if (elsewhere > evidence && elsewhere >= threshold + 1) {
                evidence += weight[Feature::name_repeated];
            }
            proposal.draft.evidence = evidence;
        }
        for (Proposal& proposal : proposals) {
            proposal.accepted = proposal.draft.evidence >= threshold;
        }
    }
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
    weigh(context, proposals);
    std::vector<Draft> drafts = without_overlaps(proposals, context.text.size());
    add_unknown_names(context, furniture, drafts);
    return drafts;
}

} // namespace kharita::geoparse
