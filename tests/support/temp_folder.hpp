#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace kharita::test {

/// A new empty folder of this process alone, removed with all that is in it at the end.
class TempFolder {
public:
    TempFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "kharita-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) {
            throw std::runtime_error{"no temporary folder"};
        }
        m_path = name;
    }
    TempFolder(TempFolder const&) = delete;
    TempFolder& operator=(TempFolder const&) = delete;
    TempFolder(TempFolder&&) = delete;
    TempFolder& operator=(TempFolder&&) = delete;
    ~TempFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }

    std::filesystem::path const& path() const noexcept { return m_path; }

    /// Writes a file in it and tells where it is.
    std::filesystem::path file(std::string_view name, std::string_view content) const {
        std::filesystem::path const file = m_path / name;
        std::ofstream{file, std::ios::binary} << content;
        return file;
    }

private:
    std::filesystem::path m_path;
};

} // namespace kharita::test
