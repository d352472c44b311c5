#include "geoparse/confidence.hpp"

#include <cmath>

#include "geoparse/weights.hpp"

namespace kharita::geoparse {

namespace {

using gazetteer::FeatureClass;

double softened(double log_odds, double temperature) {
    return 1 / (1 + std::exp(-log_odds / temperature));
}

/// A town where the type word says a unit or a site that is called after it.
bool stands_for_other(Context const& context, Draft const& draft) {
    if (!draft.setting.type) {
        return false;
    }
    auto const value = context.gazetteer.feature_class_of(draft.place);
    bool const town = value == FeatureClass::settlement || value == FeatureClass::neighbourhood;
    auto const likeliest = draft.setting.type->likeliest;
    bool const settled = likeliest == FeatureClass::settlement || likeliest == FeatureClass::neighbourhood;
    return town && !settled;
}

} // namespace

double confidence_of(Context const& context, Draft const& draft, Lead const& lead) {
    constexpr double seat = 0.8;
    Weights const& weights = context.weights;
    // A name that only context shows to be one was never weighed as a name.
    constexpr double shown_by_context = 0.85;
    double const name =
        draft.known ? softened(draft.evidence, weights[Feature::sure_name]) : shown_by_context;
    return name * softened(lead.elsewhere, weights[Feature::sure_place]) *
           softened(lead.same_name, weights[Feature::sure_unit]) *
           (stands_for_other(context, draft) ? seat : 1.0);
}

} // namespace kharita::geoparse
