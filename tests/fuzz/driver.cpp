// Stands in for libFuzzer: driver RUNS FOLDER runs every seed of a folder, then RUNS copies of them, each
// changed in a few places. The changes come from a fixed sequence, so that a failure comes again.

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

namespace {

/// xorshift64*, the same sequence on every machine.
class Sequence {
public:
    std::uint64_t next() noexcept {
        m_state ^= m_state >> 12U;
        m_state ^= m_state << 25U;
        m_state ^= m_state >> 27U;
        return m_state * 0x2545'F491'4F6C'DD1DULL;
    }
    std::size_t below(std::size_t limit) noexcept {
        return limit == 0 ? 0 : static_cast<std::size_t>(next() % limit);
    }

private:
    std::uint64_t m_state = 0x9E37'79B9'7F4A'7C15ULL;
};

/// One small change: a bit, a byte at a limit, a cut, a repeated stretch, or a piece of another seed.
void change(std::string& bytes, std::vector<std::string> const& seeds, Sequence& random) {
    static constexpr std::string_view limits{"\x00\x01\x7F\x80\xFF\"{}[]\n\t,:-9", 16};
    std::size_t const at = random.below(bytes.size() + 1);
    switch (random.below(6)) {
    case 0:
        if (at < bytes.size()) {
            bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << random.below(8)));
        }
        break;
    case 1:
        if (at < bytes.size()) {
            bytes[at] = limits[random.below(limits.size())];
        }
        break;
    case 2:
        bytes.insert(at, 1, limits[random.below(limits.size())]);
        break;
    case 3:
        bytes.erase(at, random.below(16));
        break;
    case 4:
        bytes.insert(at, bytes.substr(random.below(bytes.size() + 1), random.below(64)));
        break;
    default: {
        std::string const& other = seeds[random.below(seeds.size())];
        bytes.insert(at, other.substr(random.below(other.size() + 1), random.below(64)));
        break;
    }
    }
}

void say(std::string const& words) {
    std::fputs((words + "\n").c_str(), stderr);
}

void run(std::string const& bytes) {
    LLVMFuzzerTestOneInput(reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size());
}

std::vector<std::string> read_seeds(std::filesystem::path const& folder) {
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator{folder}) {
        files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::vector<std::string> seeds{std::string{}};
    for (std::filesystem::path const& file : files) {
        std::ifstream in{file, std::ios::binary};
        seeds.emplace_back(std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{});
    }
    return seeds;
}

int drive(std::size_t runs, std::filesystem::path const& folder) {
    std::vector<std::string> const seeds = read_seeds(folder);
    if (seeds.size() < 2) {
        say("no seed in " + folder.string());
        return 1;
    }
    Sequence random;
    std::string bytes;
    for (std::size_t i = 0; i < seeds.size() + runs; ++i) {
        bytes = i < seeds.size() ? seeds[i] : seeds[random.below(seeds.size())];
        if (i >= seeds.size()) {
            for (std::size_t changes = 1 + random.below(4); changes > 0; --changes) {
                change(bytes, seeds, random);
            }
        }
        try {
            run(bytes);
        } catch (std::exception const& error) {
            std::ofstream{"fuzz_failure.bin", std::ios::binary} << bytes;
            say("run " + std::to_string(i) + " (see fuzz_failure.bin): " + error.what());
            return 1;
        }
    }
    say(std::to_string(seeds.size() - 1) + " seeds, " + std::to_string(runs) + " runs");
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    std::string_view const number = argc == 3 ? argv[1] : "";
    std::size_t runs = 0;
    auto const [end, error] = std::from_chars(number.data(), number.data() + number.size(), runs);
    if (number.empty() || error != std::errc{} || end != number.data() + number.size()) {
        std::fputs("usage: RUNS FOLDER\n", stderr);
        return 2;
    }
    return drive(runs, argv[2]);
}
