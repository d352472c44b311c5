#include <algorithm>
#include <array>

#include "gazetteer/gazetteer.hpp"

namespace kharita::gazetteer {

namespace {

// GeoNames, "Feature Codes": the ones that gazetteers of places in conflict carry. Not listed: a facility.
constexpr std::array<std::string_view, 46> natural_codes{
    "BAY",  "BCH",  "CAPE", "CAVE", "CLF",  "CRTR", "DPR",  "DSRT", "DUNE", "FLTM", "FRST", "GAP",
    "GULF", "HLL",  "HLLS", "ISL",  "ISLS", "LGN",  "LK",   "LKI",  "LKS",  "MRSH", "MT",   "MTS",
    "OAS",  "OCN",  "PASS", "PEN",  "PK",   "PKS",  "PLAT", "PLN",  "PLNS", "PND",  "RDGE", "RK",
    "RSV",  "SBKH", "SEA",  "SLP",  "SPNG", "STRT", "UPLD", "VAL",  "WAD",  "WADS"};
constexpr std::array<std::string_view, 19> line_codes{"BDRY", "CNL",  "CNLI",  "HWY",   "MTRD", "OILP", "RD",
                                                      "RDA",  "RDB",  "RDJCT", "RR",    "RTE",  "ST",   "STM",
                                                      "STMI", "STMS", "TNL",   "TNLRD", "TRL"};
constexpr std::array<std::string_view, 11> region_codes{"AREA", "BTL",  "CONT", "CST", "CULT", "LCTY",
                                                        "RGN",  "RGNE", "RGNH", "TRB", "ZN"};

template <std::size_t Size>
bool has(std::array<std::string_view, Size> const& codes, std::string_view code) noexcept {
    return std::ranges::find(codes, code) != codes.end();
}

} // namespace

FeatureClass feature_class(std::string_view feature_code) noexcept {
    if (feature_code.starts_with("PCL") || feature_code == "TERR") { // a territory of no country
        return FeatureClass::country;
    }
    if (feature_code.starts_with("ADM")) {
        char const level = feature_code.size() > 3 ? feature_code[3] : '3';
        return level == '1'   ? FeatureClass::admin1
               : level == '2' ? FeatureClass::admin2
                              : FeatureClass::admin3;
    }
    if (feature_code == "PPLX") {
        return FeatureClass::neighbourhood;
    }
    if (feature_code.starts_with("PPL") || feature_code == "STLMT") {
        return FeatureClass::settlement;
    }
    if (has(natural_codes, feature_code)) {
        return FeatureClass::natural;
    }
    if (has(line_codes, feature_code)) {
        return FeatureClass::line;
    }
    return has(region_codes, feature_code) ? FeatureClass::region : FeatureClass::facility;
}

} // namespace kharita::gazetteer
