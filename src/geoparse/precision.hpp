#pragma once

#include "geoparse/draft.hpp"
#include "model/mention.hpp"

namespace kharita::geoparse {

/// How exactly a place says where something happened.
///
/// Sources: ACLED codebook, "geo_precision" (1 named place, 2 part of a region or near a place, 3 larger
/// region); UCDP GED codebook, "where_prec" (1 exact, 2 near a place, 3 ADM2, 4 ADM1, 5 part of a country, 6
/// country).
struct Precision {
    int acled = 0; ///< 1 .. 3
    int ucdp = 0;  ///< 1 .. 6
};

/// Of a place named as such, with nothing that says "near" or "north of".
Precision precision_of(gazetteer::FeatureClass value) noexcept;

/// Fills in where a resolved mention is and how exactly: point, uncertainty, relation («شمال X», «قرب X»),
/// its area where that is simple, and the precision codes.
///
/// `scope` is the draft that binds it, or null: of a river or road, the stretch near a scope that is smaller
/// is meant («نهر الفرات شرقي مدينة جرابلس»).
void locate(Context const& context, Draft const& draft, Draft const* scope, Mention& mention);

/// Gives two places named as the ends of a stretch («بين X وY», «طريق X - Y») their common relation and the
/// corridor between them. Does nothing where one of them is not resolved.
void relate_ends(Mention& first, Mention& second);

/// Takes the relation "between" from a place whose other end is not known: it stays the place itself.
void unrelate_single_end(Mention& mention);

} // namespace kharita::geoparse
