// scan_text GAZETTEER TEXT [--check | scalar | avx2 | avx512]: scans a text for the names of a compiled
// gazetteer and prints, as one line of JSON, how long that took; with --check compares every hit with what a
// slow and obvious matcher finds, and exits with 1 when there is a difference.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <exception>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "base/files.hpp"
#include "base/line_reader.hpp"
#include "gazetteer/gazetteer.hpp"
#include "gazetteer/scanner.hpp"
#include "support/obvious_matcher.hpp"

namespace {

using namespace kharita;

/// Of this thread, so that busy neighbours count less.
double cpu_seconds() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double wall_seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// What of this program is in memory now, pages of mapped files among it.
double resident_bytes() {
    LineReader lines{"/proc/self/status"};
    while (auto const line = lines.next()) {
        if (line->starts_with("VmRSS:")) {
            return std::stod(std::string{line->substr(6)}) * 1024;
        }
    }
    return 0;
}

/// A gazetteer being measured.
struct Opened {
    gazetteer::Gazetteer gazetteer;
    double seconds = 0;      ///< to open it
    double bytes_before = 0; ///< resident, without it
};

int check(gazetteer::Gazetteer const& gazetteer, std::string const& text) {
    auto const expected = test::ObviousMatcher{gazetteer}.scan(text);
    gazetteer::Scanner scanner{gazetteer};
    auto const found = test::ObviousMatcher::scan(scanner, text);
    std::string const differences = test::ObviousMatcher::differences(expected, found, text);
    fmt::print(stderr, "{}", differences);
    fmt::print(R"({{"hits":{},"differences":{}}})"
               "\n",
               expected.size(), std::ranges::count(differences, '\n'));
    return expected == found ? 0 : 1;
}

int scan(Opened const& opened, std::string const& text, text::Simd simd) {
    gazetteer::Gazetteer const& gazetteer = opened.gazetteer;
    gazetteer::Scanner scanner{gazetteer, simd};
    std::uint64_t hits = 0;
    std::uint64_t bytes = 0;
    auto const count = [&](std::span<gazetteer::ScanHit const> found) {
        hits += found.size();
        for (gazetteer::ScanHit const& hit : found) {
            bytes += hit.span.size();
        }
    };
    scanner.scan(std::string_view{text}.substr(0, 4'000'000), count); // first touch of file and buffers
    double best = 1e9;
    double best_wall = 1e9;
    for (int pass = 0; pass < 3; ++pass) {
        hits = bytes = 0;
        double const cpu = cpu_seconds();
        double const wall = wall_seconds();
        scanner.scan(text, count);
        best = std::min(best, cpu_seconds() - cpu);
        best_wall = std::min(best_wall, wall_seconds() - wall);
    }
    double const memory = resident_bytes() - opened.bytes_before;
    fmt::print(
        R"({{"bytes":{},"hits":{},"hit_bytes":{},"open_ms":{:.3f},"cpu_s":{:.4f},"wall_s":{:.4f},"memory_mb":{:.1f},"names":{}}})"
        "\n",
        text.size(), hits, bytes, opened.seconds * 1e3, best, best_wall, memory / 1e6,
        gazetteer.name_count());
    return 0;
}

int run(int argc, char** argv) {
    if (argc < 3) {
        std::fputs("usage: scan_text GAZETTEER TEXT [--check | scalar | avx2 | avx512]\n", stderr);
        return 2;
    }
    std::string const text = read_file(argv[2]);
    double const before = resident_bytes();
    Opened opened{gazetteer::Gazetteer::open(argv[1]), 1e9, before};
    for (int pass = 0; pass < 5; ++pass) { // the best, for others use the machine too
        double const begin = wall_seconds();
        opened.gazetteer = gazetteer::Gazetteer::open(argv[1]);
        opened.seconds = std::min(opened.seconds, wall_seconds() - begin);
    }
    std::string_view const option = argc > 3 ? argv[3] : "";
    if (option == "--check") {
        return check(opened.gazetteer, text);
    }
    text::Simd const simd = option == "scalar" ? text::Simd::scalar
                            : option == "avx2" ? text::Simd::avx2
                                               : text::best_simd();
    return scan(opened, text, simd);
}

} // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (std::exception const& error) {
        std::fprintf(stderr, "scan_text: %s\n", error.what()); // NOLINT(*-vararg)
        return 1;
    }
}
