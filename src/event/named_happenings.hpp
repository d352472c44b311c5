#pragma once

#include "event/scene.hpp"

// Nouns of happenings that name something else, or tell by the way what they only seem to name; included by
// event/'s source files alone.

namespace kharita::event {

/// «الضربات التي وجهت في X أصابت أهدافا»: a verb that says what blows came to.
bool reaches_goal(Scene const& scene, Word const& word);

/// «رد على الهجوم الذي استهدف … في X»: whether a relative clause behind the end of a noun tells what it names
/// with its place.
bool tells_itself(Scene const& scene, std::size_t end);

/// «إثر الهجوم الأخير لتنظيم X في بلدة Y», but «إثر الهجوم، أطلق الجيش …»: whether a place stands behind the
/// end of a noun before anything else is told.
bool names_own_place(Scene const& scene, std::size_t end);

/// «مخيم احتجاج», «خيمة اعتصام»: a site that is called after what goes on there.
bool is_venue_of_protest(Scene const& scene, Word const& word);

/// «نفذ التنظيم عمليات إعدام بحق عشرة في X»: a verb in the perfect carries a noun whose place or people are
/// told.
bool is_carried_out(Scene const& scene, Word const& word, Clause const& clause);

/// «دمرت 7655 هدفا», «15 ألف ضربة»: more than one happening could do, summed up over years.
bool is_statistic(Scene const& scene, Word const& word);

/// «قتل أربعة برصاص الجيش خلال اقتحامه X»: on what occasion those were shot whom the clause tells of.
bool is_occasion_of_shots(Scene const& scene, Word const& word, Clause const& clause);

/// «مواقع إطلاق صواريخ»: from where something is fired.
bool is_site_of_fire(Scene const& scene, Word const& word);

/// «توقيف الاعتقالات»: the noun of an arrest that is the end of what stands behind it.
bool is_halt(Scene const& scene, Word const& word);

/// «تحتجز عددا من الجنود»: somebody holds whom he took long ago.
bool is_keeping(Scene const& scene, Word const& word);

/// «اجتماع اتفق على عقده»: a meeting that is agreed on is no agreement.
bool is_agreed_on(Scene const& scene, Word const& word);

/// «معركة "الفتح المبين"»: what a battle is called, not where one is fought.
bool is_called(Scene const& scene, Word const& word);

/// «غارة على X، في أول غارة على المدينة منذ عام»: says of the one just told what it was.
bool is_first_of_kind(Scene const& scene, Word const& word);

/// «دمرت من جراء أربعة أشهر من المعارك»: what went on for months is no one happening.
bool lasted_for_long(Scene const& scene, Word const& word);

/// «مدينة X التي دمرتها معارك»: by the way, of a place as it is now.
bool has_ravaged(Scene const& scene, Word const& word);

/// «القبض على فلان إثر قيامه بتهريب مخدرات»: no event of a conflict.
bool is_of_common_crime(Scene const& scene, Word const& word);

/// «هاجموا حاجزا قبل أن ينسحبوا»: attackers that leave again give nothing up.
bool is_leaving_again(Scene const& scene, Word const& word);

/// "Bomb kills four", "Blast wounds six": a noun right before what it did, not a verb.
bool is_subject_of_toll(Scene const& scene, Word const& word);

} // namespace kharita::event
