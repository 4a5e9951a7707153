pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HallKiosk
import "../components"

ScreenLayout {
    id: root

    required property KioskViewModel kiosk

    title: qsTr("Choose your language")
    text: qsTr("You can change it at any time.")
    picture: Item {
        Badge {
            anchors.centerIn: parent
            within: parent
            icon: Icons.globe
        }
    }

    GridLayout {
        Layout.fillWidth: true
        columns: root.kiosk.languages.count > 4 ? 2 : 1
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap

        Repeater {
            model: root.kiosk.languages
            LanguageTile {
                required property string tag
                required property string name
                objectName: "choose-" + tag
                Layout.fillWidth: true
                Layout.preferredHeight: root.kiosk.languages.count > 8 ? 128 : 168
                title: name
                languageTag: tag
                onTapped: root.kiosk.languageChosen(tag)
            }
        }
    }
}
