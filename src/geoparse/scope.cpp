#include "geoparse/scope.hpp"

#include <algorithm>

#include "geoparse/coordination.hpp"
#include "geoparse/signs.hpp"

namespace kharita::geoparse {

namespace {

using gazetteer::FeatureClass;

constexpr ClassSet wide_classes = static_cast<ClassSet>(
    class_bit(FeatureClass::country) | class_bit(FeatureClass::admin1) | class_bit(FeatureClass::admin2) |
    class_bit(FeatureClass::admin3) | class_bit(FeatureClass::region));
constexpr ClassSet quarter_classes =
    static_cast<ClassSet>(class_bit(FeatureClass::neighbourhood) | class_bit(FeatureClass::facility));

ClassSet classes_of(Context const& context, Draft const& draft) {
    ClassSet classes = 0;
    for (gazetteer::Candidate const& candidate : draft.candidates) {
        classes =
            static_cast<ClassSet>(classes | class_bit(context.gazetteer.feature_class_of(candidate.place)));
    }
    return classes;
}

bool is_quarter(Context const& context, Draft const& draft) {
    if (draft.setting.type) {
        return (class_bit(draft.setting.type->likeliest) & quarter_classes) != 0;
    }
    return (classes_of(context, draft) & ~quarter_classes) == 0 && !draft.candidates.empty();
}

bool is_relative(Setting const& setting) {
    return setting.nearness == Nearness::countryside || setting.compass.has_value() || setting.belongs ||
           setting.distance.has_value();
}

/// «شاب من بلدة X في بلدة Y», «قرب X في قرية Y»: no village lies in another.
bool is_town_beside(Draft const& bound, Draft const& scope) {
    auto const is_town = [](Setting const& setting) {
        return setting.type && setting.type->likeliest == FeatureClass::settlement &&
               setting.type->number == TypeWord::Number::one;
    };
    return scope.setting.link == Link::in && is_town(scope.setting) &&
           scope.setting.nearness == Nearness::none && !scope.setting.compass &&
           (is_town(bound.setting) || bound.setting.nearness == Nearness::near);
}

/// Whether the second phrase says where the first is.
bool binds(Context const& context, Draft const& bound, Draft const& scope) {
    Setting const& setting = scope.setting;
    // «دخلت تركيا في شمال سورية»: no country lies in another.
    if (classes_of(context, bound) == class_bit(FeatureClass::country) || is_town_beside(bound, scope)) {
        return false;
    }
    Gap const gap = gap_between(context, bound.setting, setting);
    bool const comma = gap == Gap::separator && !setting.conjunction && is_relative(setting);
    if ((gap != Gap::nothing && gap != Gap::bracket && !comma) || setting.conjunction || setting.role ||
        setting.heading) {
        return false;
    }
    if (is_relative(setting)) {
        return true;
    }
    ClassSet const classes = classes_of(context, scope);
    bool const wide = (classes & wide_classes) != 0;
    if (gap == Gap::bracket && wide && (classes & ~wide_classes) == 0 &&
        sign_at(context.text, setting.phrase.end) == ')') {
        return true; // «النبك (ريف دمشق)»
    }
    switch (setting.nearness) {
    case Nearness::near:
    case Nearness::outskirts:
        return gap == Gap::nothing && setting.link != Link::to;
    case Nearness::centre:
        return wide;
    default:
        break;
    }
    // «بقضاء D», where the gazetteer knows the town alone.
    constexpr auto districts =
        static_cast<ClassSet>(class_bit(FeatureClass::admin1) | class_bit(FeatureClass::admin2));
    if (setting.type && setting.link == Link::in && setting.type->number == TypeWord::Number::one &&
        (class_bit(setting.type->likeliest) & districts) != 0 && !setting.type->scoped_opens) {
        return true;
    }
    if (setting.type && (setting.type->classes & class_bit(FeatureClass::settlement)) == 0 && wide) {
        return setting.link != Link::to && setting.link != Link::with;
    }
    // "reached X from Hama"; "of" ties names, as «من» does.
    bool const comes = context.text.codes(setting.phrase.begin) == "from";
    if (setting.link == Link::in || (setting.link == Link::from && !comes)) {
        // «قرى A وB بسهل الغاب»: mountains and plains hold villages.
        bool const land = !is_quarter(context, scope) && (classes & class_bit(FeatureClass::natural)) != 0 &&
                          setting.link == Link::in;
        return wide || land || is_quarter(context, bound);
    }
    return false;
}

/// Whether a name that stands alone before others may hold them: «في ريف D …», «محافظة D», «D:: …».
bool opens_scope(Context const& context, Draft const& draft) {
    Setting const& setting = draft.setting;
    if (setting.heading || setting.nearness == Nearness::countryside) {
        return true;
    }
    // A town that gives its name to a district is a town here; «منطقة D» and «ناحية D» are not.
    constexpr auto widest = static_cast<ClassSet>(
        class_bit(FeatureClass::country) | class_bit(FeatureClass::admin1) | class_bit(FeatureClass::region));
    bool const unit = setting.type && (setting.type->classes & wide_classes) != 0 &&
                      (class_bit(setting.type->likeliest) & wide_classes) != 0;
    bool const wide = unit || (!setting.type && (classes_of(context, draft) & widest) != 0);
    return wide && setting.link == Link::in && !setting.governed && !setting.role;
}

/// Whether the scopes of `from` lead to `to`.
bool leads_to(std::vector<Draft> const& drafts, std::size_t from, std::size_t to) {
    std::optional<std::size_t> at = from;
    for (std::size_t steps = 0; at && steps <= drafts.size(); ++steps) {
        if (*at == to) {
            return true;
        }
        at = drafts[*at].scope;
    }
    return false;
}

void inherit(Context const& context, std::vector<Draft>& drafts) {
    std::optional<std::size_t> heading;
    std::optional<std::size_t> recent;
    std::size_t sentence = 0;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        Draft& draft = drafts[i];
        std::size_t const here = context.text.sentence_of(draft.tokens.begin);
        if (here != sentence) {
            recent.reset();
            sentence = here;
        }
        if (draft.setting.heading) {
            heading = i;
            continue;
        }
        if (!draft.scope) {
            if (recent && !leads_to(drafts, *recent, i)) {
                draft.scope = recent;
                draft.bond = Bond::inherited;
            } else if (!recent && heading) {
                draft.scope = heading;
                draft.bond = Bond::inherited;
            }
        }
        if (draft.binds || opens_scope(context, draft)) {
            recent = i;
        }
    }
}

} // namespace

void bind_scopes(Context const& context, std::vector<Draft>& drafts) {
    for (std::size_t i = 1; i < drafts.size(); ++i) {
        Draft& scope = drafts[i];
        if (scope.apposition || !binds(context, drafts[i - 1], scope)) {
            continue;
        }
        scope.binds = true;
        std::size_t const list = drafts[i - 1].list;
        for (std::size_t j = i; j-- > 0;) {
            Draft& member = drafts[j];
            if (member.list != list || member.scope || member.binds) {
                // What binds a member of this list stays; a scope inside it ends the reach backwards.
                if (member.binds && j + 1 == i) {
                    member.scope = i;
                    member.bond = Bond::stated;
                }
                break;
            }
            member.scope = i;
            member.bond = Bond::stated;
            // «A وB التابعة لـD»: of the last alone, unless one word heads them («قرى A وB التابعة لـD»).
            bool const headed = member.setting.type_of_list ||
                                (member.setting.type && member.setting.type->number != TypeWord::Number::one);
            if (scope.setting.belongs && !scope.setting.distance && !headed) {
                break;
            }
        }
    }
    inherit(context, drafts);
}

} // namespace kharita::geoparse
