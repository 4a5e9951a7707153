pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HallKiosk
import "../components"

// At most six services at a time, each with its wait.
ScreenLayout {
    id: root

    required property KioskViewModel kiosk
    readonly property int perPage: 6

    actionWidth: Theme.portrait ? width - 2 * Theme.margin : width * 0.62
    title: qsTr("What would you like to do?")
    text: root.kiosk.waitsTold ? qsTr("Choose one service. The time is how long the wait is likely to be.") : qsTr("Choose one service.")
    picture: Item {
        Badge {
            anchors.centerIn: parent
            within: parent
            icon: Icons.document
        }
    }

    GridLayout {
        Layout.fillWidth: true
        columns: Theme.portrait ? 1 : 2
        columnSpacing: Theme.gap
        rowSpacing: Theme.portrait ? 14 : Theme.gap
        uniformCellWidths: true

        Repeater {
            model: root.kiosk.services
            ServiceTile {
                required property int index
                required property string serviceId

                objectName: "service-" + serviceId
                Layout.fillWidth: true
                Layout.fillHeight: true
                visible: Math.floor(index / root.perPage) === pager.page
                onTapped: root.kiosk.serviceChosen(serviceId)
            }
        }
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap

        KioskButton {
            objectName: "back"
            Layout.preferredHeight: 104
            Layout.fillWidth: !pager.visible
            kind: KioskButton.Secondary
            fontSize: 36
            icon: pager.visible ? "" : Icons.backward
            text: qsTr("Back")
            onTapped: root.kiosk.backPressed()
        }
        Pager {
            id: pager
            Layout.fillWidth: true
            pages: Math.ceil(root.kiosk.services.count / root.perPage)
        }
    }
}
