#pragma once

#include "geoparse/draft.hpp"

namespace kharita::geoparse {

/// Whether a draft may be a government: a country, a capital or a seat, or «دول X», with no words that make
/// it a place somewhere («مدينة X», «جنوب X»).
bool can_stand_for_government(Context const& context, Draft const& draft);

/// Whether the verb right before has it as its subject: «قالت X», «دربتهم X», «التي تقوم بها X».
bool follows_verb(Context const& context, Draft const& draft);

/// Whether the verb right after has it as its subject: «أن X لن تقبل», «X تحشد قواتها».
bool precedes_verb(Context const& context, Draft const& draft);

/// Whether it lives through something, which is no deed of its government: «شهدت X تفجيرا», «تعرضت لها X».
bool is_witness(Context const& context, Draft const& draft);

/// Whether it is told or moved to do something: «على X أن تقبل», «دفع X إلى», «حث الوزير X على».
bool is_urged(Context const& context, Draft const& draft);

/// Whether the noun before is its deed: «هجوم X على», «إعلان X».
bool owns_deed(Context const& context, Draft const& draft);

} // namespace kharita::geoparse
