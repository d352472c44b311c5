#include "event/zones.hpp"

#include <doctest/doctest.h>

#include "model/names.hpp"
#include "shipped.hpp"

using namespace kharita;
using namespace kharita::event;

namespace {

/// "kind|status|along|side|depth|length|name|declared by; …".
std::string zones_of(std::string const& text) {
    std::string all;
    auto const number = [](std::optional<double> value) {
        return value ? std::to_string(static_cast<int>(*value)) : std::string{"-"};
    };
    for (Zone const& zone : coded(text, "2020-02-04").zones) {
        all += all.empty() ? "" : "; ";
        all += std::string{name_of(zone.kind)} + "|" + std::string{name_of(zone.status)} + "|" + zone.along +
               "|" + zone.side + "|" + number(zone.depth_km) + "|" + number(zone.length_km) + "|" +
               zone.name + "|" + (zone.declared_by.empty() ? "" : zone.declared_by[0].id);
    }
    return all;
}

} // namespace

TEST_CASE("zones: kind, status, border, side, depth, name, declarer") {
    CHECK(zones_of("اقترحت تركيا إقامة منطقة آمنة داخل الأراضي الواقعة شمالي سوريا بمحاذاة الحدود التركية "
                   "وبعمق 30 كم.") == "safe_zone|proposed|SYR-TUR border|SYR|30|-||tur-gov");
    CHECK(zones_of("قررت أنقرة إنشاء ممر آمن على الحدود مع سوريا يسمى «ممر العودة».") ==
          "corridor|proposed|SYR-TUR border|SYR|-|-|ممر العودة|tur-gov");
    CHECK(zones_of("اتفقت روسيا وتركيا على منطقة منزوعة السلاح في محافظة إدلب بعمق عشرين كيلومترا.") ==
          "buffer|agreed||SY07|20|-||rus-gov");
    CHECK(zones_of("Turkey proposed a safe zone in northern Syria along the Turkish border, 32 km deep.") ==
          "safe_zone|proposed|SYR-TUR border|SYR|32|-||tur-gov");
    CHECK(zones_of("وأعلنت إسرائيل إقامة منطقة عازلة على الحدود السورية اللبنانية.")
              .starts_with("buffer|proposed|LBN-SYR border|"));
}

TEST_CASE("zones: one that is tied to nothing is left out, one told twice is told once") {
    CHECK(zones_of("دعا الوزير إلى منطقة آمنة.").empty());
    CHECK(
        zones_of(
            "اقترحت تركيا منطقة آمنة في سوريا على طول الحدود التركية. وقالت أنقرة إن المنطقة الآمنة في سوريا "
            "على طول الحدود التركية ستمتد بعمق 20 كم.") ==
        "safe_zone|proposed|SYR-TUR border|SYR|20|-||tur-gov");
}
