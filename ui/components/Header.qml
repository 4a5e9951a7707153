pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HallKiosk

// Hall name and clock; in landscape the language switch too. In portrait that is in the footer,
// since nothing that is operated may be out of reach from a wheelchair.
Rectangle {
    id: root

    required property KioskViewModel kiosk
    signal languagesAsked

    implicitHeight: Theme.portrait ? 152 : 124
    color: Theme.navy

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        spacing: 40

        Label {
            Layout.fillWidth: true
            text: root.kiosk.hallName
            color: Theme.onDark
            font.pixelSize: 40
            font.bold: true
            lineHeight: 1
        }
        Column {
            Label {
                anchors.right: parent.right
                text: root.kiosk.clockTime
                color: Theme.onDark
                font.pixelSize: 48
                font.bold: true
                lineHeight: 1
            }
            Label {
                anchors.right: parent.right
                text: root.kiosk.clockDate
                color: Theme.onDarkSoft
                font.pixelSize: 28
                lineHeight: 1
            }
        }
        LanguageSwitch {
            visible: !Theme.portrait && root.kiosk.canChangeLanguage
            kiosk: root.kiosk
            onDark: true
            onMoreAsked: root.languagesAsked()
        }
    }
}
