#include "event/actors.hpp"

#include <algorithm>
#include <map>

namespace kharita::event {

namespace {

// Between a force and its country's adjective stand at most these many words of its kind («الحربي»).
constexpr std::size_t adjective_reach = 2;

bool is_valid_on(Actor const& actor, std::optional<Date> day) {
    return !day || ((!actor.from || *actor.from <= *day) && (!actor.to || *day < *actor.to));
}

} // namespace

Actor const* branch_of(Lexicon const& lexicon, std::string_view iso, Branch branch, std::optional<Date> day) {
    for (Actor const& actor : lexicon.actors()) {
        if (actor.branch == branch && actor.country == iso && is_valid_on(actor, day)) {
            return &actor;
        }
    }
    return nullptr;
}

namespace {

void add(ActorMention& mention, Actor const& actor, double confidence) {
    auto const same = std::find_if(mention.actors.begin(), mention.actors.end(),
                                   [&](ActorRef const& each) { return each.id == actor.id; });
    if (same != mention.actors.end()) {
        same->confidence = std::max(same->confidence, confidence);
        return;
    }
    if (mention.actors.empty()) {
        mention.inter = actor.inter;
        mention.country = actor.country;
    }
    mention.actors.push_back({actor.id, actor.name, confidence});
}

/// Which part of a state a noun stands for, with its country's adjective; none for other words.
Branch branch_meant(Word const& noun) {
    return noun.kind == WordKind::force       ? Branch::military
           : noun.kind == WordKind::authority ? static_cast<Branch>(noun.row)
                                              : Branch::none;
}

/// Whose police are unknown are its government's: «الشرطة X».
Actor const* actor_meant(Scene const& scene, Word const& noun, std::string const& iso,
                         std::optional<Date> day) {
    Branch const branch = branch_meant(noun);
    Actor const* const own = branch_of(scene.lexicon(), iso, branch, day);
    return own == nullptr && branch == Branch::police
               ? branch_of(scene.lexicon(), iso, Branch::government, day)
               : own;
}

/// The military or authority that a noun and the adjectives after it name; empty when no adjective follows.
std::optional<ActorMention> force_with_country(Scene const& scene, Word const& noun,
                                               std::optional<Date> day) {
    Lexicon const& lexicon = scene.lexicon();
    ActorMention mention;
    mention.tokens = noun.match.tokens;
    mention.clitics = noun.match.clitics;
    std::size_t token = noun.match.tokens.end;
    std::size_t skipped = 0;
    while (skipped <= adjective_reach) {
        Word const* const country = scene.word_at(token, WordKind::country);
        // «جنديا تركيا»: in the accusative the adjective is written like the country.
        bool const is_like_name = skipped == 0 && token == noun.match.tokens.end &&
                                  scene.text().codes(noun.match.tokens.begin).ends_with(text::code(U'ا'));
        bool const is_adjective =
            country != nullptr && (lexicon.countries()[country->row].adjective || is_like_name);
        if (is_adjective) {
            Actor const* const actor = actor_meant(scene, noun, lexicon.countries()[country->row].iso, day);
            if (actor != nullptr) {
                add(mention, *actor, 0.95);
                mention.tokens.end = country->match.tokens.end;
            }
            token = country->match.tokens.end;
            skipped = adjective_reach; // only another adjective with و may follow at once
            if (scene.word_at(token, WordKind::country) == nullptr) {
                break;
            }
            continue;
        }
        if (scene.has_cue({token, token + 1}, Cue::support)) {
            break; // «قوات النظام بدعم روسي»
        }
        if (scene.word_at(token, WordKind::victim) != nullptr ||
            text::read_number(scene.text(), token, scene.numbers())) {
            break; // «قتل في الغارات عشرة مدنيين عراقيين»: whose people they are
        }
        bool const is_part_of_it = scene.word_at(token, WordKind::weapon) != nullptr ||
                                   scene.word_at(token, WordKind::force) != nullptr || mention.actors.empty();
        if (!is_part_of_it || scene.text().tokens().size() <= token ||
            scene.text().tokens()[token].kind != text::Token::Kind::word) {
            break;
        }
        ++token;
        ++skipped;
    }
    return mention.actors.empty() ? std::nullopt : std::optional{mention};
}

/// English puts the adjective first: "Turkish artillery".
std::optional<ActorMention> country_before_force(Scene const& scene, Word const& country,
                                                 std::optional<Date> day) {
    Lexicon const& lexicon = scene.lexicon();
    bool const is_arabic = text::is_arabic(scene.text().codes(country.match.tokens.begin).front());
    if (!lexicon.countries()[country.row].adjective || is_arabic) {
        return std::nullopt; // «X اللبناني وجيش Y»
    }
    std::size_t const next = country.match.tokens.end;
    Word const* const force = scene.word_at(next, WordKind::force);
    Word const* const noun = force != nullptr ? force : scene.word_at(next, WordKind::authority);
    Actor const* const actor =
        noun == nullptr ? nullptr : actor_meant(scene, *noun, lexicon.countries()[country.row].iso, day);
    if (actor == nullptr) {
        return std::nullopt;
    }
    ActorMention mention;
    mention.tokens = {country.match.tokens.begin, noun->match.tokens.end};
    mention.clitics = country.match.clitics;
    add(mention, *actor, 0.95);
    return mention;
}

/// Longer names win over shorter ones that lie in them.
std::vector<ActorMention> without_overlaps(std::vector<ActorMention> all) {
    std::stable_sort(all.begin(), all.end(), [](ActorMention const& a, ActorMention const& b) {
        return a.tokens.begin != b.tokens.begin ? a.tokens.begin < b.tokens.begin
                                                : a.tokens.size() > b.tokens.size();
    });
    std::vector<ActorMention> kept;
    for (ActorMention& each : all) {
        if (kept.empty() || kept.back().tokens.end <= each.tokens.begin) {
            kept.push_back(std::move(each));
        }
    }
    return kept;
}

/// «مركزا تركيا»: in the accusative an adjective may be written like the country; its name is no place then.
bool is_adjective(Scene const& scene, Word const& name) {
    std::size_t const begin = name.match.tokens.begin;
    return begin > 0 && name.match.tokens.size() == 1 && name.match.clitics.length == 0 &&
           scene.word_at(begin, WordKind::country) != nullptr &&
           scene.places_in({begin, begin + 1}).empty() &&
           scene.text().codes(begin - 1).ends_with(text::code(U'ا'));
}

/// Whether a country's or capital's name says where, not who: «في تركيا», «الحدود مع تركيا».
bool is_whereabouts(Scene const& scene, Word const& word) {
    constexpr std::size_t reach = 3;
    std::size_t const begin = word.match.tokens.begin;
    bool const is_place = std::any_of(scene.places().begin(), scene.places().end(), [&](auto const& place) {
        return place.tokens.begin == begin && place.mention.role != Role::metonym;
    });
    if (!is_place || begin == 0) {
        return false;
    }
    std::string_view const before = scene.text().codes(begin - 1);
    if (before == text::fold_key("في") || before == text::fold_key("إلى") ||
        before == text::fold_key("داخل") || before == "in" || before == "to") {
        return true;
    }
    // «مدينة X الحدودية مع تركيا»
    bool const is_border =
        begin > 1 && before == text::fold_key("مع") &&
        scene.text().codes(begin - 2).find(text::fold_key("حدود")) != std::string_view::npos;
    auto const words = scene.words_in({begin - std::min(begin, reach), begin});
    return is_border || std::any_of(words.begin(), words.end(), [&](Word const& each) {
               return is_cue(each, Cue::bearing) ||
                      (each.kind == WordKind::zone &&
                       scene.lexicon().zone_words()[each.row].role == ZoneRole::border);
           });
}

/// «خطفت مقاتلين دربتهم تركيا»: whose people they are; where the verb before tells a happening, who did it.
bool is_whose_people(Scene const& scene, Word const& word) {
    static std::string const them = text::fold_key("هم");
    std::size_t const begin = word.match.tokens.begin;
    return begin > 0 && scene.text().codes(begin - 1).ends_with(them) &&
           scene.word_at(begin - 1, WordKind::trigger) == nullptr &&
           std::any_of(scene.places().begin(), scene.places().end(), [&](auto const& place) {
               return place.tokens.begin == begin && place.mention.role == Role::metonym;
           });
}

/// A word without its proclitics and article.
std::string_view bare(Scene const& scene, std::size_t token) {
    std::string_view const codes = scene.text().codes(token);
    text::CliticReadings readings;
    std::size_t const count = text::clitic_readings(codes, readings);
    for (std::size_t i = 0; i < count; ++i) {
        if (readings[i].article || readings[i].lam_article) {
            return codes.substr(readings[i].length);
        }
    }
    return codes;
}

/// «الجيش الوطني», and not «الجيش بالمدفعية»: an adjective follows, with the article alone.
bool is_attribute(Scene const& scene, std::size_t token) {
    text::CliticReadings readings;
    std::size_t const count = text::clitic_readings(scene.text().codes(token), readings);
    return std::any_of(readings.begin(), readings.begin() + static_cast<std::ptrdiff_t>(count),
                       [](text::CliticReading const& each) { return each.article && each.preposition == 0; });
}

/// The actor named last before «التنظيم», «القوات» whose name begins with that noun; none where the word is
/// part of a name itself, or a country says whose they are.
ActorMention const* antecedent_of(Scene const& scene, std::vector<ActorMention> const& mentions,
                                  std::size_t at) {
    // «القوات الروسية», «القوات المشتركة»: a name of their own; but «قصفت القوات البلدة».
    bool const is_qualified = is_attribute(scene, at + 1) &&
                              !scene.has_cue({at + 1, at + 2}, Cue::same_place) &&
                              scene.places_in({at + 1, at + 2}).empty();
    if (is_qualified || scene.word_at(at + 1, WordKind::country) != nullptr) {
        return nullptr;
    }
    ActorMention const* antecedent = nullptr;
    for (ActorMention const& each : mentions) {
        bool const is_name = each.tokens.size() > 1;
        if (is_name && each.tokens.contains(at)) {
            return nullptr;
        }
        bool const fits =
            is_name && each.tokens.end <= at && bare(scene, each.tokens.begin) == bare(scene, at);
        antecedent = fits ? &each : antecedent;
    }
    return antecedent;
}

/// «ردت الأخيرة بقصف»: the one named last, and not «الساعات الأخيرة», «آخر مراحله الأخيرة».
bool is_named_latter(Scene const& scene, std::size_t at) {
    if (at == 0 || scene.text().tokens()[at - 1].kind != text::Token::Kind::word) {
        return false;
    }
    std::string_view const before = scene.text().codes(at - 1);
    return bare(scene, at - 1) == before && !before.ends_with(text::code(U'ه')) &&
           !before.ends_with(text::fold_key("ها"));
}

/// "The group also fired …": the rebels or militia named last in the paragraph, or whoever was.
ActorMention const* group_before(Scene const& scene, std::vector<ActorMention> const& mentions,
                                 std::size_t at, bool any) {
    ActorMention const* group = nullptr;
    for (ActorMention const& each : mentions) {
        bool const is_near = each.tokens.end <= at &&
                             scene.text().paragraph_of(each.tokens.begin) == scene.text().paragraph_of(at);
        group = is_near && (any || each.inter == 2 || each.inter == 3) ? &each : group;
    }
    return group;
}

void resolve_anaphora(Scene const& scene, std::vector<ActorMention>& mentions) {
    std::vector<ActorMention> found;
    for (Word const& word : scene.words()) {
        std::string_view const list = word.kind == WordKind::list_word
                                          ? std::string_view{scene.lexicon().list_name(word.row)}
                                          : std::string_view{};
        std::size_t const at = word.match.tokens.begin;
        bool const is_any = list == "rebel_anaphor";
        bool const is_latter = list == "latter" && is_named_latter(scene, at);
        bool const is_group = list == "group_anaphor" && !is_attribute(scene, at + 1);
        if (list != "anaphor" && !is_any && !is_latter && !is_group) {
            continue;
        }
        if (ActorMention const* const antecedent = is_any || is_latter || is_group
                                                       ? group_before(scene, mentions, at, is_latter)
                                                       : antecedent_of(scene, mentions, at)) {
            ActorMention& mention = found.emplace_back(*antecedent);
            mention.tokens = word.match.tokens;
            mention.clitics = word.match.clitics;
            for (ActorRef& each : mention.actors) {
                each.confidence *= 0.8;
            }
        }
    }
    for (ActorMention& each : found) {
        std::erase_if(mentions,
                      [&](ActorMention const& other) { return other.tokens.begin == each.tokens.begin; });
        mentions.push_back(std::move(each));
    }
    std::stable_sort(mentions.begin(), mentions.end(), [](ActorMention const& a, ActorMention const& b) {
        return a.tokens.begin < b.tokens.begin;
    });
}

/// The country in which most places of a text lie that are finer than one.
std::string home_of(Scene const& scene) {
    std::map<std::string, std::size_t> counts;
    for (geoparse::Toponym const& toponym : scene.places()) {
        if (toponym.mention.place && toponym.mention.role != Role::metonym &&
            !toponym.mention.place->country.empty()) {
            ++counts[toponym.mention.place->country];
        }
    }
    auto const most = std::max_element(counts.begin(), counts.end(),
                                       [](auto const& a, auto const& b) { return a.second < b.second; });
    return most == counts.end() ? std::string{} : most->first;
}

/// «رد الجيش الإسرائيلي، واستهدف سلاح الجو …»: the state's forces named last in the paragraph.
ActorMention const* forces_before(Scene const& scene, std::vector<ActorMention> const& mentions,
                                  std::size_t at) {
    ActorMention const* forces = nullptr;
    for (ActorMention const& each : mentions) {
        bool const is_near = each.tokens.end <= at &&
                             scene.text().paragraph_of(each.tokens.begin) == scene.text().paragraph_of(at);
        auto const& known = scene.lexicon().actors();
        bool const are_forces = std::any_of(known.begin(), known.end(), [&](Actor const& actor) {
            return actor.id == each.actors.front().id && actor.branch == Branch::military;
        });
        forces = is_near && are_forces ? &each : forces;
    }
    return forces;
}

/// «الجيش», «وحدات من الجيش», «سلاح الجو»: the one named before it, else that of the country the text is
/// about.
void resolve_armies(Scene const& scene, std::vector<ActorMention>& mentions) {
    constexpr double at_home = 0.7;
    std::vector<ActorMention> found;
    for (Word const& word : scene.words()) {
        std::size_t const at = word.match.tokens.begin;
        std::string_view const list =
            word.kind == WordKind::list_word ? scene.lexicon().list_name(word.row) : std::string_view{};
        bool const is_army = list == "army" && word.match.clitics.article && word.match.tokens.size() == 1;
        if (!is_army && list != "air_force") {
            continue;
        }
        bool const is_named = std::any_of(mentions.begin(), mentions.end(),
                                          [&](ActorMention const& each) { return each.tokens.contains(at); });
        std::size_t const end = word.match.tokens.end;
        // «الجيش الوطني», «الجيش العراقي», but not «الجيش والقوات المسلحة»
        std::string_view const next = scene.text().codes(end);
        bool const is_joined = !next.empty() && next.front() == text::code(U'و');
        bool const is_qualified =
            (!is_joined && is_attribute(scene, end)) || scene.word_at(end, WordKind::country) != nullptr;
        if (is_named || (is_qualified && scene.places_in({end, end + 1}).empty())) {
            continue;
        }
        ActorMention mention;
        ActorMention const* const antecedent =
            is_army ? antecedent_of(scene, mentions, at) : forces_before(scene, mentions, at);
        if (antecedent != nullptr) {
            mention = *antecedent;
        } else if (Actor const* const home = branch_of(scene.lexicon(), home_of(scene), Branch::military,
                                                       scene.report().published)) {
            add(mention, *home, at_home);
        } else {
            continue;
        }
        mention.tokens = word.match.tokens;
        mention.clitics = word.match.clitics;
        found.push_back(std::move(mention));
    }
    mentions.insert(mentions.end(), found.begin(), found.end());
    std::stable_sort(mentions.begin(), mentions.end(), [](ActorMention const& a, ActorMention const& b) {
        return a.tokens.begin < b.tokens.begin;
    });
}

/// Whether only words that say of whom the one before is part stand between two actors: «المنضوية تحت لواء
/// X», «التابع لـX», and behind people without a name «مسلحون من خلايا X».
bool is_part_of(Scene const& scene, ActorMention const& part, ActorMention const& whole) {
    constexpr std::size_t reach = 7;
    static std::string const of = text::fold_key("من");
    static std::string const to = text::fold_key("ل");
    bool const is_nameless = part.actors.front().id == "unidentified";
    if (whole.tokens.begin > part.tokens.end + reach || whole.clitics.conjunction) {
        return false;
    }
    bool is_led = false;
    for (std::size_t at = part.tokens.end; at < whole.tokens.begin; ++at) {
        std::string_view const word = scene.text().codes(at);
        bool const is_mark = scene.text().tokens()[at].kind == text::Token::Kind::punctuation;
        bool const leads = scene.has_listed({at, at + 1}, "belonging") || (is_nameless && word == of);
        bool const goes_on = is_led && (word == to || scene.has_listed({at, at + 1}, "roof") ||
                                        scene.has_listed({at, at + 1}, "fighters_of") ||
                                        scene.has_listed({at, at + 1}, "cell"));
        bool const is_break = is_mark && (word == "," || word == "." || word == ";" || word == ":");
        if (is_break || (!is_mark && !leads && !goes_on)) {
            return false;
        }
        is_led = is_led || leads;
    }
    return is_led;
}

/// One actor instead of two where the first is part of the second: the rebels or gunmen of no name are those
/// of whom they are part, all others go by their own name.
void join_parts(Scene const& scene, std::vector<ActorMention>& mentions) {
    std::vector<ActorMention> kept;
    for (ActorMention& each : mentions) {
        if (kept.empty() || !is_part_of(scene, kept.back(), each)) {
            kept.push_back(std::move(each));
            continue;
        }
        ActorMention& part = kept.back();
        std::string const& id = part.actors.front().id;
        if (id == "unidentified" || (id == "opp" && each.inter == 2)) {
            part.actors = each.actors;
            part.inter = each.inter;
            part.country = each.country;
        }
        part.tokens.end = each.tokens.end;
    }
    mentions = std::move(kept);
}

} // namespace

std::vector<ActorMention> find_actor_mentions(Scene const& scene) {
    Lexicon const& lexicon = scene.lexicon();
    std::optional<Date> const day = scene.report().published;
    std::vector<ActorMention> all;
    for (Word const& word : scene.words()) {
        if (branch_meant(word) != Branch::none) {
            if (auto mention = force_with_country(scene, word, day)) {
                all.push_back(std::move(*mention));
            }
        } else if (word.kind == WordKind::country) {
            if (auto mention = country_before_force(scene, word, day)) {
                all.push_back(std::move(*mention));
            }
        } else if (word.kind == WordKind::actor) {
            Alias const& alias = lexicon.aliases()[word.row];
            Actor const& actor = lexicon.actors()[alias.actor];
            // «قوات النظام والمسلحين الموالين لها»: of the side before
            std::size_t const end = word.match.tokens.end;
            bool const is_followed =
                actor.id == "unidentified" && scene.has_cue({end, end + 1}, Cue::support);
            if (!is_valid_on(actor, day) || is_followed || is_adjective(scene, word) ||
                is_whereabouts(scene, word) || is_whose_people(scene, word)) {
                continue;
            }
            auto const same = std::find_if(all.begin(), all.end(), [&](ActorMention const& each) {
                return each.tokens.begin == word.match.tokens.begin &&
                       each.tokens.end == word.match.tokens.end;
            });
            ActorMention& mention = same != all.end() ? *same : all.emplace_back();
            mention.tokens = word.match.tokens;
            mention.clitics = word.match.clitics;
            add(mention, actor, alias.certainty);
        }
    }
    for (ActorMention& mention : all) {
        std::stable_sort(mention.actors.begin(), mention.actors.end(),
                         [](ActorRef const& a, ActorRef const& b) { return a.confidence > b.confidence; });
    }
    all = without_overlaps(std::move(all));
    resolve_armies(scene, all);
    resolve_anaphora(scene, all);
    join_parts(scene, all);
    return all;
}

} // namespace kharita::event
