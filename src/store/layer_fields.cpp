#include "store/layer_fields.hpp"

#include <array>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "model/date.hpp"
#include "store/statement.hpp"

namespace kharita::store {

namespace {

using Kind = LayerField::Kind;

constexpr LayerField::Tiles tiled = LayerField::Tiles::with;
constexpr LayerField::Tiles untiled = LayerField::Tiles::without;

// What is derived has no id of its own: its day, its actors and the how many-th of them it is, which no other
// day's rows and no analyst's change.

constexpr std::array event_fields{
    LayerField{"id", Kind::text, "event_id", tiled,
               "id of the event: 32 hexadecimal digits, the same in every build",
               "معرّف الحدث: 32 رقماً ستّ عشرياً، هو نفسه في كل بناء", "e.event_id"},
    LayerField{"date", Kind::text, "date", tiled, "first day, YYYY-MM-DD; empty where the reports do not say",
               "اليوم الأول، سنة-شهر-يوم؛ فارغ حيث لا تذكره التقارير", "e.date"},
    LayerField{"date_end", Kind::text, "date_end", tiled, "last day", "اليوم الأخير", "e.date_end"},
    LayerField{"day", Kind::days, "date", tiled, "first day as days since 1970-01-01, for filters",
               "اليوم الأول بعدد الأيام منذ 1970-01-01، للتصفية", "e.date"},
    LayerField{"day_end", Kind::days, "date_end", tiled, "last day as days since 1970-01-01, for filters",
               "اليوم الأخير بعدد الأيام منذ 1970-01-01، للتصفية", "e.date_end"},
    LayerField{"event_type", Kind::text, "event_type", tiled, "ACLED event type", "نوع الحدث في ACLED",
               "e.event_type"},
    LayerField{"sub_event_type", Kind::text, "sub_event_type", tiled, "ACLED sub-event type",
               "النوع الفرعي للحدث في ACLED", "e.sub_event_type"},
    LayerField{"plover", Kind::text, "plover", tiled, "PLOVER event type", "نوع الحدث في PLOVER", "e.plover"},
    LayerField{
        "modality", Kind::text, "modality", untiled,
        "occurred, failed, planned, threatened, denied or historical; an attack that failed and cost lives "
        "occurred",
        "وقع (occurred) أو فشل (failed) أو خُطّط له (planned) أو هُدّد به (threatened) أو نُفي (denied) "
        "أو من الماضي (historical)؛ والهجوم الفاشل الذي أودى بأرواح يُعدّ واقعاً",
        "e.modality"},
    LayerField{"place", Kind::text, "place", tiled, "name of the place, English", "اسم المكان بالإنجليزية",
               "p.name"},
    LayerField{"place_ar", Kind::arabic, "place_ar", tiled, "name of the place, Arabic, without marks",
               "اسم المكان بالعربية، بلا تشكيل", "p.name_ar"},
    LayerField{"admin1", Kind::text, "admin1", tiled, "governorate", "المحافظة", "p.admin1"},
    LayerField{"admin2", Kind::text, "admin2", tiled, "district", "المنطقة", "p.admin2"},
    LayerField{"admin3", Kind::text, "admin3", tiled, "sub-district", "الناحية", "p.admin3"},
    LayerField{"pcode", Kind::text, "pcode", tiled, "P-code of the smallest unit that is known",
               "رمز P-code لأصغر وحدة إدارية معروفة", "coalesce(p.admin3_id, p.admin2_id, p.admin1_id)"},
    LayerField{"killed", Kind::whole, "killed", tiled,
               "how many were killed there; empty: not said; 0: the reports say none; the highest of all its "
               "reports, perhaps of another than `source` and `url`",
               "عدد القتلى هناك؛ فارغ: لم يُذكر؛ 0: تقول التقارير إنه لا قتلى؛ وهو الأعلى بين تقاريره كلها، "
               "وقد يكون من غير `source` و`url`",
               "e.killed"},
    LayerField{"injured", Kind::whole, "injured", tiled, "how many were injured there, as `killed`",
               "عدد الجرحى هناك، كما في `killed`", "e.injured"},
    LayerField{"killed_shared", Kind::whole, "killed_shared", tiled,
               "killed at several places together, where the share of this one is not said",
               "قتلى في أماكن عدة معاً، حيث لا تُذكر حصة هذا المكان",
               "CASE WHEN e.killed IS NULL THEN g.killed END"},
    LayerField{"injured_shared", Kind::whole, "injured_shared", tiled, "injured at several places together",
               "جرحى في أماكن عدة معاً", "CASE WHEN e.injured IS NULL THEN g.injured END"},
    LayerField{"initiator", Kind::text, "initiator", tiled,
               R"(who did it; "A and B" together, "A or B" undecided)",
               R"(الفاعل؛ "A and B" معاً، و"A or B" دون حسم)", "e.initiator"},
    LayerField{"target", Kind::text, "target", tiled, "whom or what it struck", "من استُهدف أو ما استُهدف",
               "e.target"},
    LayerField{"weapon", Kind::text, "weapon", tiled, "with what", "بأي سلاح", "e.weapon"},
    LayerField{"strikes", Kind::whole, "strikes", tiled, "how many strikes, raids or explosions",
               "عدد الضربات أو الغارات أو الانفجارات", "e.count"},
    LayerField{"geo_precision", Kind::whole, "geo_precision", tiled,
               "ACLED: 1 exact, 2 about, 3 a whole region, 0 not located",
               "دقة المكان في ACLED: 1 دقيق، 2 تقريبي، 3 منطقة بأكملها، 0 بلا موضع", "e.geo_precision"},
    LayerField{"time_precision", Kind::whole, "time_precision", tiled,
               "ACLED: 1 the day, 2 the week, 3 the month, 0 undated",
               "دقة الزمن في ACLED: 1 اليوم، 2 الأسبوع، 3 الشهر، 0 بلا تاريخ", "e.time_precision"},
    LayerField{"uncertainty_m", Kind::real, "uncertainty_m", tiled,
               "how far from the point it may have been, in metres", "كم قد يبعد عن النقطة، بالأمتار",
               "e.uncertainty_m"},
    LayerField{"confidence", Kind::real, "confidence", tiled, "of the coding, 0 to 1",
               "الثقة في الترميز، من 0 إلى 1", "e.confidence"},
    LayerField{"reports", Kind::whole, "reports", tiled, "how many reports tell it",
               "عدد التقارير التي ترويه", ""},
    LayerField{"source", Kind::text, "source", tiled, "who published the first report", "ناشر التقرير الأول",
               "d.source"},
    LayerField{"url", Kind::text, "url", tiled, "address of the first report", "عنوان التقرير الأول",
               "d.url"},
    LayerField{"published", Kind::text, "published", tiled, "day of the first report",
               "يوم نشر التقرير الأول", "d.published"},
};

constexpr std::array place_fields{
    LayerField{"id", Kind::text, "place_id", tiled, "id in the gazetteer", "المعرّف في معجم الأماكن"},
    LayerField{"name", Kind::text, "name", tiled, "English", "الاسم بالإنجليزية"},
    LayerField{"name_ar", Kind::arabic, "name_ar", tiled, "Arabic, without marks",
               "الاسم بالعربية، بلا تشكيل"},
    LayerField{"feature", Kind::text, "feature", tiled, "GeoNames feature code", "رمز المَعلم في GeoNames"},
    LayerField{"country", Kind::text, "country", tiled, "ISO 3166-1 alpha-3", "البلد، ISO 3166-1 alpha-3"},
    LayerField{"admin1", Kind::text, "admin1", tiled, "governorate", "المحافظة"},
    LayerField{"admin2", Kind::text, "admin2", tiled, "district", "المنطقة"},
    LayerField{"admin3", Kind::text, "admin3", tiled, "sub-district", "الناحية"},
    LayerField{"population", Kind::whole, "population", tiled, "empty where it is not known",
               "عدد السكان؛ فارغ حيث لا يُعرف"},
    LayerField{"mentions", Kind::whole, "mentions", tiled, "how often reports name it",
               "كم مرة تذكره التقارير"},
    LayerField{"events", Kind::whole, "events", tiled, "events that occurred there", "الأحداث التي وقعت فيه"},
    LayerField{"killed", Kind::whole, "killed", tiled, "killed there", "القتلى فيه"},
    LayerField{"last_event", Kind::text, "last_event", tiled, "first day of the newest event",
               "اليوم الأول لأحدث حدث"},
    LayerField{"last_day", Kind::days, "last_event", tiled, "the same as days since 1970-01-01, for filters",
               "اليوم نفسه بعدد الأيام منذ 1970-01-01، للتصفية"},
};

constexpr std::array mention_fields{
    LayerField{"id", Kind::text, "doc_id || ':' || mention_id", untiled, "doc_id:mention",
               "معرّف التقرير:معرّف الذكر"},
    LayerField{"text", Kind::text, "mention", untiled, "as the report writes it", "كما يكتبه التقرير"},
    LayerField{"role", Kind::text, "role", untiled, "event, scope, origin, heading, metonym or other",
               "الدور: مكان حدث (event) أو نطاق (scope) أو منشأ (origin) أو ترويسة (heading) "
               "أو كناية (metonym) أو غير ذلك (other)"},
    LayerField{"place", Kind::text, "place", untiled, "what it was resolved to, English",
               "المكان المقصود بالإنجليزية"},
    LayerField{"place_ar", Kind::arabic, "place_ar", untiled, "Arabic", "المكان المقصود بالعربية"},
    LayerField{"place_id", Kind::text, "place_id", untiled, "id in the gazetteer", "المعرّف في معجم الأماكن"},
    LayerField{"geo_precision", Kind::whole, "geo_precision", untiled,
               "ACLED: 1 exact, 2 about, 3 a whole region",
               "دقة المكان في ACLED: 1 دقيق، 2 تقريبي، 3 منطقة بأكملها"},
    LayerField{"uncertainty_m", Kind::real, "uncertainty_m", untiled,
               "how far from the point it may be, in metres", "كم قد يبعد عن النقطة، بالأمتار"},
    LayerField{"confidence", Kind::real, "confidence", untiled, "0 to 1", "الثقة، من 0 إلى 1"},
    LayerField{"source", Kind::text, "source", untiled, "who published the report", "ناشر التقرير"},
    LayerField{"url", Kind::text, "url", untiled, "address of the report", "عنوان التقرير"},
    LayerField{"published", Kind::text, "published", untiled, "day of the report", "يوم نشر التقرير"},
};

constexpr std::array area_fields{
    LayerField{"id", Kind::text, "doc_id || ':' || mention_id", untiled, "doc_id:mention, as in `mentions`",
               "معرّف التقرير:معرّف الذكر، كما في `mentions`"},
    LayerField{"text", Kind::text, "mention", untiled, "as the report writes it", "كما يكتبه التقرير"},
    LayerField{"role", Kind::text, "role", untiled, "event, scope, origin, heading, metonym or other",
               "الدور: مكان حدث (event) أو نطاق (scope) أو منشأ (origin) أو ترويسة (heading) "
               "أو كناية (metonym) أو غير ذلك (other)"},
    LayerField{
        "relation", Kind::text, "relation", untiled,
        "how it lies to what it is told from: offset, direction, between, outskirts, near, axis, road "
        "or part",
        "موقعه من المكان الذي يُحدَّد نسبةً إليه: إزاحة (offset) أو اتجاه (direction) أو بين مكانين (between) أو "
        "أطراف (outskirts) أو قرب (near) أو محور (axis) أو طريق (road) أو جزء (part)"},
    LayerField{"distance_m", Kind::real, "relation_m", untiled,
               "how far from it, metres, where the text says", "بُعده عنه بالأمتار، حيث يذكره النص"},
    LayerField{"direction_deg", Kind::real, "relation_deg", untiled,
               "in which direction, degrees clockwise from north",
               "اتجاهه بالدرجات من الشمال باتجاه عقارب الساعة"},
    LayerField{"uncertainty_m", Kind::real, "uncertainty_m", untiled,
               "how far from the point it may be, in metres", "كم قد يبعد عن النقطة، بالأمتار"},
    LayerField{"confidence", Kind::real, "confidence", untiled, "0 to 1", "الثقة، من 0 إلى 1"},
    LayerField{"source", Kind::text, "source", untiled, "who published the report", "ناشر التقرير"},
    LayerField{"url", Kind::text, "url", untiled, "address of the report", "عنوان التقرير"},
    LayerField{"published", Kind::text, "published", untiled, "day of the report", "يوم نشر التقرير"},
};

constexpr std::array zone_fields{
    LayerField{"id", Kind::text, "zone_id", tiled, "id of the zone: 32 hexadecimal digits",
               "معرّف المنطقة: 32 رقماً ستّ عشرياً"},
    LayerField{"kind", Kind::text, "kind", tiled, "safe_zone, corridor, deescalation, buffer or no_fly",
               "منطقة آمنة (safe_zone) أو ممر (corridor) أو منطقة خفض تصعيد (deescalation) "
               "أو منطقة عازلة (buffer) أو منطقة حظر طيران (no_fly)"},
    LayerField{"status", Kind::text, "status", tiled, "proposed, agreed, in_force, violated or ended",
               "مقترحة (proposed) أو متفق عليها (agreed) أو سارية (in_force) أو منتهكة (violated) أو منتهية "
               "(ended)"},
    LayerField{"name", Kind::arabic, "name", tiled, "its name, where it has one", "اسمها، إن كان لها اسم"},
    LayerField{"along", Kind::text, "along", tiled,
               "a border, or a section of one between two places, or a road",
               "حدود، أو قسم منها بين مكانين، أو طريق"},
    LayerField{"side", Kind::text, "side", tiled, "the country or governorate in which it lies",
               "البلد أو المحافظة التي تقع فيها"},
    LayerField{"declared_by", Kind::text, "declared_by", tiled, "who declared it", "من أعلنها"},
    LayerField{"date", Kind::text, "date", tiled, "YYYY-MM-DD", "سنة-شهر-يوم"},
    LayerField{"day", Kind::days, "date", tiled, "the same as days since 1970-01-01, for filters",
               "اليوم نفسه بعدد الأيام منذ 1970-01-01، للتصفية"},
    LayerField{"depth_km", Kind::real, "drawn_depth_km", tiled, "kilometres, as it is drawn",
               "العمق بالكيلومترات، كما رُسمت"},
    LayerField{"depth_assumed", Kind::truth, "depth = 'assumed'", tiled,
               "whether the depth is assumed, for the report states none",
               "هل العمق مفترض، لأن التقرير لا يذكره"},
    LayerField{"length_km", Kind::real, "length_km", tiled,
               "kilometres, as the report states it; empty where it does not",
               "الطول بالكيلومترات كما يذكره التقرير؛ فارغ حيث لا يذكره"},
    LayerField{"confidence", Kind::real, "confidence", tiled, "0 to 1", "الثقة، من 0 إلى 1"},
    LayerField{"reports", Kind::whole, "reports", tiled, "how many reports tell of it",
               "عدد التقارير التي تذكرها"},
    LayerField{"source", Kind::text, "source", tiled, "who published the first report", "ناشر التقرير الأول"},
    LayerField{"url", Kind::text, "url", tiled, "address of the first report", "عنوان التقرير الأول"},
    LayerField{"published", Kind::text, "published", tiled, "day of the first report",
               "يوم نشر التقرير الأول"},
};

constexpr std::array frontline_fields{
    LayerField{"id", Kind::text,
               "date || '/' || actor_a || '/' || actor_b || '/' || row_number() OVER (PARTITION BY date, "
               "actor_a, actor_b ORDER BY rowid)",
               tiled, "day, actors and the how many-th of theirs", "اليوم والطرفان وترتيبه بين خطوطهما"},
    LayerField{"actor_a", Kind::text, "actor_a", tiled, "actor id of one side", "معرّف أحد الطرفين"},
    LayerField{"name_a", Kind::text, "name_a", tiled, "its name", "اسمه"},
    LayerField{"actor_b", Kind::text, "actor_b", tiled, "actor id of the other side", "معرّف الطرف الآخر"},
    LayerField{"name_b", Kind::text, "name_b", tiled, "its name", "اسمه"},
    LayerField{"date", Kind::text, "date", tiled, "the day that it is drawn for", "اليوم الذي رُسم له"},
    LayerField{"day", Kind::days, "date", tiled, "the same as days since 1970-01-01, for filters",
               "اليوم نفسه بعدد الأيام منذ 1970-01-01، للتصفية"},
    LayerField{"last_evidence", Kind::text, "last_evidence", tiled, "day of the newest event that proves it",
               "يوم أحدث حدث يثبته"},
    LayerField{"age_days", Kind::whole, "age_days", tiled, "days between the two", "الأيام بينهما"},
    LayerField{"confidence", Kind::real, "confidence", tiled, "0 to 1", "الثقة، من 0 إلى 1"},
};

constexpr std::array control_fields{
    LayerField{"id", Kind::text,
               "date || '/' || actor || '/' || source || '/' || row_number() OVER (PARTITION BY date, actor, "
               "source ORDER BY rowid)",
               tiled, "day, actor, source and the how many-th of these",
               "اليوم والجهة والمصدر وترتيبها بينها"},
    LayerField{"actor", Kind::text, "actor", tiled, "actor id of who holds it", "معرّف الجهة المسيطرة"},
    LayerField{"name", Kind::text, "name", tiled, "English", "الاسم بالإنجليزية"},
    LayerField{"name_ar", Kind::arabic, "name_ar", tiled, "Arabic", "الاسم بالعربية"},
    LayerField{"date", Kind::text, "date", tiled, "the day that it is drawn for", "اليوم الذي رُسمت له"},
    LayerField{"day", Kind::days, "date", tiled, "the same as days since 1970-01-01, for filters",
               "اليوم نفسه بعدد الأيام منذ 1970-01-01، للتصفية"},
    LayerField{"confidence", Kind::real, "confidence", tiled, "0 to 1", "الثقة، من 0 إلى 1"},
    LayerField{"source", Kind::text, "source", tiled, "derived from events, or digitised by an analyst",
               "مستنتجة من الأحداث (derived) أو مرسومة بيد محلل (digitised)"},
};

std::string_view name_of(Kind kind) noexcept {
    switch (kind) {
    case Kind::text:
    case Kind::arabic:
        return "text";
    case Kind::whole:
    case Kind::days:
        return "whole number";
    case Kind::real:
        return "number";
    case Kind::truth:
        return "true or false";
    }
    return {};
}

} // namespace

std::span<LayerField const> fields_of(Layer layer) noexcept {
    switch (layer) {
    case Layer::places:
        return place_fields;
    case Layer::mentions:
        return mention_fields;
    case Layer::areas:
        return area_fields;
    case Layer::zones:
        return zone_fields;
    case Layer::frontlines:
        return frontline_fields;
    case Layer::control:
        return control_fields;
    default:
        return event_fields;
    }
}

std::string_view meaning_of(Layer layer) noexcept {
    switch (layer) {
    case Layer::events:
        return "What occurred: one point a happening and place, however many reports tell it.";
    case Layer::planned:
        return "What somebody announced or ordered.";
    case Layer::threatened:
        return "What somebody threatened.";
    case Layer::failed:
        return "What was tried and did not succeed.";
    case Layer::denied:
        return "What somebody says did not happen.";
    case Layer::historical:
        return "What reports tell of long ago, as background.";
    case Layer::places:
        return "Places that reports name.";
    case Layer::mentions:
        return "Each time that a report names a place.";
    case Layer::areas:
        return "Where places can be that reports tell from others (\"10 km east of\"), as polygons.";
    case Layer::zones:
        return "Safe zones, corridors and the like, as polygons.";
    case Layer::frontlines:
        return "Where two actors' areas meet.";
    case Layer::control:
        return "Who holds which area on a day.";
    }
    return {};
}

std::string_view arabic_meaning_of(Layer layer) noexcept {
    switch (layer) {
    case Layer::events:
        return "ما وقع: نقطة لكل حدث ومكان، مهما كثرت التقارير التي ترويه.";
    case Layer::planned:
        return "ما أعلنه أحد أو أمر به.";
    case Layer::threatened:
        return "ما هدّد به أحد.";
    case Layer::failed:
        return "ما جرت محاولته ولم ينجح.";
    case Layer::denied:
        return "ما يقول أحد إنه لم يقع.";
    case Layer::historical:
        return "ما ترويه التقارير من الماضي، خلفيةً للخبر.";
    case Layer::places:
        return "الأماكن التي تذكرها التقارير.";
    case Layer::mentions:
        return "كل مرة يذكر فيها تقرير مكاناً.";
    case Layer::areas:
        return "أين قد تقع أماكن تحدّدها التقارير نسبةً إلى غيرها، مضلعات.";
    case Layer::zones:
        return "المناطق الآمنة والممرات وما شابهها، مضلعات.";
    case Layer::frontlines:
        return "حيث تلتقي منطقتا جهتين.";
    case Layer::control:
        return "من يسيطر على أي منطقة في يوم ما.";
    }
    return {};
}

double four_decimals(double number) noexcept {
    constexpr double ten_thousand = 10'000;
    return std::round(number * ten_thousand) / ten_thousand;
}

Value value_of(LayerField const& field, Statement const& row, int column) {
    switch (field.kind) {
    case Kind::text:
        if (std::string_view const text = row.text(column); !text.empty()) {
            return std::string{text};
        }
        break;
    case Kind::arabic:
        if (std::string text = without_tashkeel(row.text(column)); !text.empty()) {
            return text;
        }
        break;
    case Kind::whole:
        if (auto const number = row.integer_or_null(column)) {
            return *number;
        }
        break;
    case Kind::real:
        if (auto const number = row.real_or_null(column)) {
            return four_decimals(*number);
        }
        break;
    case Kind::truth:
        if (auto const number = row.integer_or_null(column)) {
            return *number != 0;
        }
        break;
    case Kind::days:
        if (auto const date = parse_date(row.text(column))) {
            return std::int64_t{date->time_since_epoch().count()};
        }
        break;
    }
    return {};
}

std::string data_dictionary() {
    std::string text =
        "# Data dictionary · معجم البيانات\n\nAll layers are in EPSG:4326, longitude first. What is not "
        "known is "
        "empty (null); tables without shapes have `lon` and `lat` besides. All files carry all fields; "
        "vector "
        "tiles those that say so.\n\nكل الطبقات في EPSG:4326، خط الطول أولاً. ما لا يُعرف فارغ (null)؛ "
        "وللجداول التي لا أشكال لها عمودا `lon` و`lat`. تحمل الملفات كل الحقول، ومربعات الخريطة ما أُشير "
        "إليه منها.\n";
    for (Layer const layer : all_layers) {
        text += fmt::format("\n## {}\n\n{}\n\n{}\n\n| field | kind | tiles | meaning | المعنى "
                            "|\n|---|---|---|---|---|\n",
                            name_of(layer), meaning_of(layer), arabic_meaning_of(layer));
        for (LayerField const& field : fields_of(layer)) {
            text += fmt::format("| `{}` | {} | {} | {} | {} |\n", field.name, name_of(field.kind),
                                field.tiles == tiled ? "yes" : "", field.meaning, field.meaning_ar);
        }
    }
    return text;
}

std::string spreadsheet_text(std::string_view text) {
    bool const is_formula =
        !text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos;
    return is_formula ? fmt::format("'{}", text) : std::string{text};
}

} // namespace kharita::store
