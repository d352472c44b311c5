#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include <fmt/format.h>

#include "event/drafting.hpp"

namespace kharita::event {

namespace {

/// Cues of what has not come to pass yet.
bool looks_ahead(Cue cue) {
    return cue == Cue::threat || cue == Cue::plan || cue == Cue::maybe;
}

/// «هدد … إثر غارات», «ستستمر … بعد يوم من هجوم»: behind a word of time a noun tells what has happened,
/// whatever was said before that word.
bool is_set_in_time(Scene const& scene, Draft const& draft, Word const& cue) {
    constexpr std::size_t reach = 5;
    std::size_t const begin = draft.tokens.begin;
    std::size_t const from = std::max(cue.match.tokens.end, begin - std::min(begin, reach));
    return draft.part == Part::noun && scene.has_listed({from, begin}, "after");
}

/// «الأسوأ منذ أشهر»: how long there was nothing like it.
bool compares(Scene const& scene, Word const& past) {
    static std::string const article = text::fold_key("الأ");
    std::size_t const begin = past.match.tokens.begin;
    return begin > 0 && scene.text().codes(begin - 1).starts_with(article);
}

/// «في وقت سابق من يوم الاثنين»: earlier on a day of the news.
bool is_of_these_days(Scene const& scene, Word const& past) {
    constexpr std::size_t reach = 3;
    constexpr std::chrono::days news{7};
    std::size_t const end = past.match.tokens.end;
    auto const published = scene.report().published;
    return std::any_of(scene.dates().begin(), scene.dates().end(), [&](text::DateMention const& date) {
        bool const is_near = date.tokens.begin >= end && date.tokens.begin < end + reach;
        return is_near && date.first && date.time_precision == 1 && !date.historical &&
               (!published || *date.first + news >= *published);
    });
}

/// «قصفت الدبابات الخميس X بعد إطلاق نيران منها في وقت سابق»: hours before what its sentence dates to a day
/// of the news.
bool is_of_dated_sentence(Scene const& scene, Word const& past) {
    constexpr std::chrono::days news{7};
    std::size_t const begin = past.match.tokens.begin;
    auto const published = scene.report().published;
    if (!scene.has_listed(past.match.tokens, "earlier_on")) {
        return false;
    }
    text::TokenRange const sentence = scene.text().sentences()[scene.text().sentence_of(begin)];
    return std::any_of(scene.dates().begin(), scene.dates().end(), [&](text::DateMention const& date) {
        bool const is_before = date.tokens.begin >= sentence.begin && date.tokens.begin < begin;
        return is_before && date.first && date.time_precision == 1 && !date.historical && published &&
               *date.first + news >= *published;
    });
}

/// «وقالت الوحدات في وقت سابق إن الجيش قصف»: when it was said; «إن» follows at once.
bool is_of_saying(Scene const& scene, Word const& past) {
    static std::array const that{text::fold_key("إن"),   text::fold_key("أن"),  text::fold_key("إنه"),
                                 text::fold_key("إنها"), text::fold_key("أنه"), text::fold_key("أنها")};
    std::string_view const next = scene.text().codes(past.match.tokens.end);
    std::size_t const begin = past.match.tokens.begin;
    std::size_t const clause = scene.clauses()[scene.clause_of(begin)].tokens.begin;
    return std::find(that.begin(), that.end(), next) != that.end() &&
           scene.has_cue({clause, begin}, Cue::report);
}

bool is_past(Scene const& scene, Word const& word) {
    return is_cue(word, Cue::past) && !compares(scene, word) && !is_of_these_days(scene, word) &&
           !is_of_saying(scene, word) && !is_of_dated_sentence(scene, word);
}

bool has_past(Scene const& scene, text::TokenRange range) {
    auto const words = scene.words_in(range);
    return std::any_of(words.begin(), words.end(), [&](Word const& word) { return is_past(scene, word); });
}

/// "in May 2013": a month, not a possibility.
bool is_in_date(Scene const& scene, Word const& word) {
    return std::any_of(scene.dates().begin(), scene.dates().end(), [&](text::DateMention const& date) {
        return date.tokens.contains(word.match.tokens.begin);
    });
}

/// The cue nearest before a draft within its clause; of a failure also one right after it («هجوم فاشل»).
Word const* cue_for(Scene const& scene, Draft const& draft, Cue cue) {
    Word const* found = nullptr;
    for (Word const& word : scene.words_in(draft.before)) {
        if (is_cue(word, cue) && !is_in_date(scene, word) &&
            !(looks_ahead(cue) && is_set_in_time(scene, draft, word))) {
            found = &word;
        }
        // «ما دام هناك تهديد، مشيرا إلى اعتقال …»: what somebody points out next has come to pass.
        bool const is_told = word.kind == WordKind::list_word && draft.part == Part::noun &&
                             looks_ahead(cue) && scene.lexicon().list_name(word.row) == "pointing_out";
        found = is_told ? nullptr : found;
    }
    return found;
}

bool is_future_verb(Draft const& draft) {
    return draft.is_future ||
           (draft.part == Part::imperfect && draft.clitics.preposition == text::code(U'س'));
}

/// A verb by all its forms, not one written like its noun.
bool is_verb_form(Draft const& draft) {
    return draft.part != Part::noun && draft.part != Part::phrase && !draft.may_be_noun;
}

/// Whether the words of a failure follow at once: «هجوم فاشل», "attack failed".
bool fails_after(Scene const& scene, Draft const& draft) {
    std::size_t const end = std::min(draft.tokens.end + 5, draft.stretch.end);
    return scene.has_cue({draft.tokens.end, end}, Cue::fail);
}

/// «الرد على أي استهداف»: any such happening, of which none is told.
bool is_any(Scene const& scene, Draft const& draft) {
    std::size_t const begin = draft.tokens.begin;
    std::string_view const before = begin > 0 ? scene.text().codes(begin - 1) : std::string_view{};
    static std::array const any{text::fold_key("أي"), text::fold_key("لأي"), text::fold_key("بأي"),
                                text::fold_key("وأي"), std::string{"any"}};
    static std::array const every{text::fold_key("كل"), text::fold_key("لكل"), std::string{"every"}};
    bool const is_every = !draft.is_definite && draft.number != Number::plural &&
                          std::find(every.begin(), every.end(), before) != every.end();
    return draft.part == Part::noun && (is_every || std::find(any.begin(), any.end(), before) != any.end());
}

/// «…، لكنها فشلت», "…, but were repelled", «…، لكن مصدرا نفى ذلك»: a cue in the next clause of the sentence
/// that is said of this one and of nothing behind it.
bool is_taken_back(Scene const& scene, Draft const& draft, Cue cue) {
    constexpr std::size_t reach = 6;
    static std::array const turns{text::fold_key("لكن"), text::fold_key("ولكن"), text::fold_key("غير"),
                                  text::fold_key("إلا"), std::string{"but"},     std::string{"however"}};
    auto const& clauses = scene.clauses();
    std::size_t const next = draft.clause + 1;
    if (next >= clauses.size() || clauses[next].sentence != clauses[draft.clause].sentence ||
        draft.stretch.end < clauses[draft.clause].tokens.end) {
        return false;
    }
    text::TokenRange const clause = clauses[next].tokens;
    std::string_view const first = scene.text().codes(clause.begin);
    bool const turns_back = std::any_of(turns.begin(), turns.end(), [&](std::string const& each) {
        return first.starts_with(each) && first.size() <= each.size() + 2;
    });
    // «…، الأمر الذي نفته الوزارة», «وهو ما نفاه ناطق».
    constexpr std::size_t matter = 4;
    auto const opening = scene.words_in({clause.begin, clause.begin + matter});
    bool const is_matter =
        cue == Cue::deny && std::any_of(opening.begin(), opening.end(), [&](Word const& word) {
            return is_cue(word, cue) && word.match.pronoun != Pronoun::none;
        });
    if (is_matter) {
        return true;
    }
    bool said = false;
    for (Word const& word : scene.words_in(clause)) {
        bool const is_own = word.kind == WordKind::trigger && !said &&
                            (word.match.part == Part::noun || word.match.may_be_noun) &&
                            scene.places_in({word.match.tokens.begin, clause.end}).empty();
        if (word.kind == WordKind::trigger && !is_own) {
            return false;
        }
        said = said || (is_cue(word, cue) && word.match.tokens.begin < clause.begin + reach);
    }
    return turns_back && said;
}

/// «خبر مقتل ثلاثة في X، ونفته الشرطة», «أعلن أنه اقتحم X، فيما نفى مصدر ذلك»: behind a draft, before
/// anything else is told, its sentence says of it by a pronoun that it is not so.
bool is_denied_behind(Scene const& scene, Draft const& draft) {
    constexpr std::size_t object_reach = 6;
    static std::array const that{text::fold_key("ذلك"), text::fold_key("هذا"), text::fold_key("صحة")};
    text::TokenRange const sentence = scene.text().sentences()[scene.text().sentence_of(draft.tokens.begin)];
    for (Word const& word : scene.words_in({draft.tokens.end, sentence.end})) {
        std::size_t const end = word.match.tokens.end;
        if (word.kind == WordKind::trigger && word.match.tokens.begin > draft.tokens.end) {
            return false;
        }
        if (!is_cue(word, Cue::deny) || !is_verb(word.match.part)) {
            continue;
        }
        bool is_of_it = word.match.pronoun != Pronoun::none;
        for (std::size_t token = end; token < std::min(end + object_reach, sentence.end); ++token) {
            is_of_it =
                is_of_it || (std::find(that.begin(), that.end(), scene.text().codes(token)) != that.end() &&
                             !scene.has_listed({end, token}, "after"));
        }
        // «وهو الاتهام الذي نفاه»: the accusation is denied, not what it speaks of.
        std::size_t const begin = word.match.tokens.begin;
        bool const is_accusation =
            scene.has_listed({begin - std::min<std::size_t>(begin, 3), begin}, "suspected") &&
            draft.clitics.preposition != text::code(U'ب');
        return is_of_it && !is_accusation;
    }
    return false;
}

/// «نفت مسؤوليتها عن القصف»: who did it is denied, not that it was.
bool is_of_blame(Scene const& scene, Draft const& draft) {
    constexpr std::size_t reach = 8;
    Word const* const deny = cue_for(scene, draft, Cue::deny);
    return deny != nullptr && deny->match.tokens.end + reach > draft.tokens.begin &&
           scene.has_listed({deny->match.tokens.end, draft.tokens.begin}, "responsibility");
}

bool is_attempt_at_place(Scene const& scene, Draft const& draft) {
    std::string const& type = scene.lexicon().classes()[draft.type].name;
    return type == "seize" || type == "advance" || type == "expel" || type == "attack" || type == "kill" ||
           type == "execute" || type == "suicide" || type == "abduct" || type == "fall" || type == "strike" ||
           type == "shelling";
}

/// «تصدت الدفاعات الجوية لغارات على X»: what air defence meets was fired all the same.
bool is_met_by_air_defence(Scene const& scene, Draft const& draft) {
    std::string const& type = scene.lexicon().classes()[draft.type].name;
    return (type == "strike" || type == "shelling") && scene.has_listed(draft.before, "air_defence");
}

void set(Draft& draft, Modality modality, std::string const& reason) {
    draft.modality = modality;
    draft.note(reason);
}

std::string quoted(Scene const& scene, Word const& word) {
    return fmt::format("«{}»", scene.words_of(word.match.tokens));
}

/// «باستمرار» is «constantly», and «باستمرار الاشتباكات» tells that they go on.
bool is_habit(Scene const& scene, Draft const& draft) {
    auto const words = scene.words_in(scene.clauses()[draft.clause].tokens);
    return std::any_of(words.begin(), words.end(), [&](Word const& word) {
        bool const governs = word.match.tokens.end == draft.tokens.begin && draft.is_definite;
        return is_cue(word, Cue::habit) && !governs;
    });
}

/// «دعا الحزب إلى تظاهرة يوم الأحد في X»: a protest that somebody called for, with its day.
bool is_called_for(Scene const& scene, Draft const& draft, Word const& maybe) {
    text::TokenRange const called{maybe.match.tokens.begin, maybe.match.tokens.end};
    bool const is_dated = std::any_of(scene.dates().begin(), scene.dates().end(), [&](auto const& date) {
        return draft.stretch.contains(date.tokens.begin) && date.time_precision == 1;
    });
    return scene.lexicon().classes()[draft.type].name == "protest" &&
           scene.has_listed(called, "called_for") && is_dated;
}

/// «شهدت بلدة X وقفة مماثلة»: told of a place, and carried by a verb in the perfect.
bool is_at_place(Scene const& scene, Draft const& draft) {
    auto const words = scene.words_in(draft.before);
    bool const is_told = std::any_of(words.begin(), words.end(), [](Word const& word) {
        return word.match.part == Part::perfect && !word.match.may_be_noun;
    });
    auto const places = scene.places_in({draft.before.begin, draft.stretch.end});
    return is_told && std::any_of(places.begin(), places.end(), [&](std::size_t i) {
               auto const& place = scene.places()[i].mention.place;
               return !place || !place->feature.starts_with("PCL");
           });
}

/// «اعتداء مماثل في الثالث عشر من أيار على X», «مواجهات مماثلة قد شهدتها X الاثنين»: one of a day, at a
/// place, however like others.
bool is_of_a_day(Scene const& scene, Draft const& draft) {
    bool const is_dated = std::ranges::any_of(scene.dates(), [&](text::DateMention const& date) {
        return draft.stretch.contains(date.tokens.begin) && date.time_precision == 1;
    });
    return is_dated && !scene.places_in(draft.stretch).empty() && draft.part == Part::noun;
}

/// «يستخدمها في التخطيط للهجمات»: attacks in general, at no place that is named.
bool is_of_any_plan(Scene const& scene, Draft const& draft) {
    return cue_for(scene, draft, Cue::plan) != nullptr && draft.part == Part::noun && draft.is_definite &&
           draft.number == Number::plural && scene.places_in(draft.stretch).empty();
}

/// Whether it tells only what may be, or what usually is.
bool is_hypothetical(Scene const& scene, Draft const& draft) {
    constexpr std::size_t adjectives = 3;
    std::size_t const end = draft.tokens.end;
    bool const is_like_others =
        !is_at_place(scene, draft) && !is_of_a_day(scene, draft) &&
        scene.has_cue({draft.tokens.begin - std::min<std::size_t>(draft.tokens.begin, 2),
                       std::min(end + adjectives, draft.stretch.end)},
                      Cue::alike);
    Word const* const tried = cue_for(scene, draft, Cue::attempt);
    // «لم يحاولوا اقتحام X»
    bool const is_untried =
        tried != nullptr && tried->match.tokens.begin > 0 &&
        scene.has_cue({tried->match.tokens.begin - 1, tried->match.tokens.begin}, Cue::negate);
    // «وافقت على السماح باستخدام القاعدة»: what was consented to is agreed on.
    Word const* const maybe = cue_for(scene, draft, Cue::maybe);
    bool const is_consent = maybe != nullptr && maybe->match.part == Part::perfect &&
                            scene.lexicon().classes()[draft.type].name == "base_use";
    // «نفى أي انسحاب من X»: any such happening is denied, and so is this one.
    bool const is_denied = cue_for(scene, draft, Cue::deny) != nullptr;
    if (is_untried || (maybe != nullptr && !is_consent && !is_called_for(scene, draft, *maybe)) ||
        is_habit(scene, draft) || is_of_any_plan(scene, draft) ||
        (!is_denied && (is_like_others || is_any(scene, draft)))) {
        return true;
    }
    static std::string const particle = text::fold_key("قد");
    // «المعارك قد تطال X»: said of the noun by the verb behind it.
    if (draft.part == Part::noun && scene.text().codes(draft.tokens.end) == particle) {
        auto const next = scene.words_in({draft.tokens.end + 1, draft.tokens.end + 2});
        if (std::any_of(next.begin(), next.end(),
                        [](Word const& word) { return word.match.part == Part::imperfect; })) {
            return true;
        }
    }
    // «قد» makes the imperfect a possibility and the perfect a certainty.
    return draft.part == Part::imperfect && draft.tokens.begin > 0 &&
           scene.text().codes(draft.tokens.begin - 1) == particle;
}

/// «كان مجهولون أقدموا على خطف X»: the verb in the perfect that carries a noun, its token; else that of the
/// draft.
std::size_t carrier_of(Scene const& scene, Draft const& draft) {
    constexpr std::size_t reach = 10;
    std::size_t const begin = draft.tokens.begin;
    std::size_t const clause = scene.clauses()[draft.clause].tokens.begin;
    if (draft.part != Part::noun && !draft.may_be_noun) {
        return begin;
    }
    auto const words = scene.words_in({begin - std::min(begin - clause, reach), begin});
    auto const carrier = std::find_if(words.rbegin(), words.rend(), [&](Word const& word) {
        return is_cue(word, Cue::perform) || scene.has_listed(word.match.tokens, "did_kill");
    });
    bool const carries = carrier != words.rend() && carrier->match.part == Part::perfect;
    return carries ? carrier->match.tokens.begin : begin;
}

/// «كان … قد سيطر», «كانت … شنت غارات»: a verb of being opens the clause, and the perfect follows its
/// subject.
bool is_pluperfect(Scene const& scene, Draft const& draft) {
    constexpr std::size_t subject_reach = 6;
    std::size_t const begin = carrier_of(scene, draft);
    std::size_t const clause = scene.clauses()[draft.clause].tokens.begin;
    if (draft.part != Part::perfect && begin == draft.tokens.begin) {
        return false;
    }
    for (std::size_t token = std::max(clause, begin - std::min(begin, subject_reach)); token < begin;
         ++token) {
        if (scene.has_cue({token, token + 1}, Cue::being)) {
            // "said they had arrested": English tells reported news in the pluperfect.
            bool const is_arabic = text::is_arabic(scene.text().codes(begin).front());
            return is_arabic || !scene.has_cue({clause, token}, Cue::report);
        }
    }
    return false;
}

/// «نفى سقوط قتلى في انفجار X»: the dead are denied, not the blast.
bool is_of_dead(Scene const& scene, Draft const& draft, Word const& deny) {
    auto const between = scene.words_in({deny.match.tokens.end, draft.tokens.begin});
    return std::any_of(between.begin(), between.end(), [](Word const& word) {
        return word.kind == WordKind::casualty && !is_verb(word.match.part);
    });
}

/// «أحبطت محاولة تفجير عبوة», but not «تصدوا لأهداف، واستشهاد طفلين بانفجار لغم».
bool is_foiled(Scene const& scene, Draft const& draft) {
    constexpr std::size_t reach = 8;
    Word const* const fail = cue_for(scene, draft, Cue::fail);
    if (fail == nullptr || fail->match.tokens.end + reach < draft.tokens.begin) {
        return false;
    }
    auto const between = scene.words_in({fail->match.tokens.end, draft.tokens.begin});
    return std::none_of(between.begin(), between.end(),
                        [](Word const& word) { return word.kind == WordKind::casualty; });
}

void judge(Scene const& scene, Draft& draft) {
    draft.pluperfect = is_pluperfect(scene, draft);
    draft.blame_denied = is_of_blame(scene, draft);
    TriggerClass const& type = scene.lexicon().classes()[draft.type];
    if (is_hypothetical(scene, draft)) {
        draft.sub_event_type.clear();
    } else if (Word const* const deny = cue_for(scene, draft, Cue::deny);
               deny != nullptr && !is_of_dead(scene, draft, *deny) && !draft.blame_denied) {
        set(draft, Modality::denied, quoted(scene, *deny) + " denies it");
    } else if (is_taken_back(scene, draft, Cue::deny) || is_denied_behind(scene, draft)) {
        set(draft, Modality::denied, "the words behind it deny it");
    } else if (Word const* const threat = cue_for(scene, draft, Cue::threat)) {
        set(draft, Modality::threatened, quoted(scene, *threat) + " threatens it");
    } else if (type.name == "blast" && is_foiled(scene, draft)) {
        // «أحبطت محاولة تفجير عبوة»: the bomb was made safe (ACLED codebook, "Disrupted weapons use").
        set_type(draft, "Disrupted weapons use", "RETREAT", "disarm");
        draft.note(quoted(scene, *cue_for(scene, draft, Cue::fail)) + " says it was foiled");
    } else if (Word const* const fail = cue_for(scene, draft, Cue::fail);
               is_attempt_at_place(scene, draft) && !is_met_by_air_defence(scene, draft) &&
               (fail != nullptr || fails_after(scene, draft))) {
        set(draft, Modality::failed,
            fail != nullptr ? quoted(scene, *fail) + " says it failed" : "said to have failed");
    } else if (is_attempt_at_place(scene, draft) && type.name != "strike" && type.name != "shelling" &&
               is_taken_back(scene, draft, Cue::fail)) {
        set(draft, Modality::failed, "the next clause says it failed");
    } else if (Word const* const attempt = cue_for(scene, draft, Cue::attempt);
               attempt != nullptr && (type.rule == Rule::seize || type.name == "execute" ||
                                      type.name == "abduct" || type.name == "kill")) {
        set(draft, Modality::failed, quoted(scene, *attempt) + " says it was tried");
    } else if (Word const* const call = cue_for(scene, draft, Cue::maybe);
               call != nullptr && is_called_for(scene, draft, *call)) {
        set(draft, Modality::planned, quoted(scene, *call) + " calls for it");
    } else if (draft.is_aim && type.name == "talks") {
        set(draft, Modality::planned, "named as an aim");
    } else if (type.name == "talks" && scene.has_cue(draft.stretch, Cue::plan)) {
        set(draft, Modality::planned, "said to be still to come");
    } else if (Word const* const plan = cue_for(scene, draft, Cue::plan)) {
        set(draft, Modality::planned, quoted(scene, *plan) + " puts it in the future");
    } else if (is_future_verb(draft)) {
        set(draft, Modality::planned, "the verb is in the future");
    } else if (draft.part != Part::imperfect &&
               scene.has_listed({draft.tokens.end, draft.tokens.end + 1}, "former")) {
        set(draft, Modality::historical, "an earlier one");
    } else if (has_past(scene, draft.stretch) || has_past(scene, draft.before)) {
        set(draft, Modality::historical, "said of an earlier time");
    }
}

/// «محاولتهم التقدم واستعادة X», «التخطيط لاقتحام A وقصف B»: a noun that «و» adds to one that did not come to
/// pass shares its lot, unless a verb stands between.
bool shares_lot(Scene const& scene, Draft const& first, Draft const& next) {
    constexpr std::size_t reach = 10;
    bool const is_unreal = first.modality == Modality::failed || first.modality == Modality::planned ||
                           first.modality == Modality::threatened || first.modality == Modality::denied;
    // «يخططون لمهاجمة X وخطف قائده»: written like a verb, with nobody behind it who could do it.
    std::size_t const end = next.tokens.end;
    auto const behind = scene.words_in({end, end + 1});
    bool const has_subject = std::any_of(behind.begin(), behind.end(), [](Word const& word) {
        return word.kind == WordKind::actor || word.kind == WordKind::force || word.kind == WordKind::weapon;
    });
    bool const is_noun =
        next.part == Part::noun || (next.may_be_noun && !has_subject && next.part != Part::phrase);
    bool const is_added = is_noun && !is_verb_form(next) && next.clitics.conjunction &&
                          next.clause == first.clause && next.modality == Modality::occurred;
    if (!is_unreal || !is_added || is_verb_form(first) || next.tokens.begin > first.tokens.end + reach) {
        return false;
    }
    auto const between = scene.words_in({first.tokens.end, next.tokens.begin});
    return std::none_of(between.begin(), between.end(), [](Word const& word) {
        return word.match.part == Part::perfect || word.match.part == Part::imperfect;
    });
}

/// «السماح بشن غارات من قاعدة X»: what somebody is allowed to do is not told as done.
bool is_permitted(Scene const& scene, Draft const& consent, Draft const& next) {
    return scene.lexicon().classes()[consent.type].name == "base_use" && next.clause == consent.clause &&
           !is_verb_form(next) && !next.clitics.conjunction;
}

} // namespace

void find_modality(Scene const& scene, std::vector<Draft>& drafts) {
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        judge(scene, drafts[i]);
        if (i > 0 && is_permitted(scene, drafts[i - 1], drafts[i])) {
            drafts[i].sub_event_type.clear();
        }
        if (i > 0 && shares_lot(scene, drafts[i - 1], drafts[i])) {
            set(drafts[i], drafts[i - 1].modality, "added to what did not come to pass");
        }
    }
    std::erase_if(drafts, [](Draft const& draft) { return draft.sub_event_type.empty(); });
    set_ranges(scene, drafts); // what may be bounds nothing
}

} // namespace kharita::event
